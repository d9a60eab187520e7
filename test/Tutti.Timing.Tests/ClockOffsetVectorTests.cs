using System.Text.Json;

namespace Tutti.Timing.Tests;

/// <summary>The golden vectors of the clock estimator, which the TypeScript twin runs too.</summary>
public sealed class ClockOffsetVectorTests
{
    private const double ToleranceMicros = 0.5;
    private const double TolerancePpm = 0.05;

    public static IEnumerable<TheoryDataRow<string, JsonElement, JsonElement>> Vectors => GoldenVectors.Load("clock-offset.json");

    [Theory]
    [MemberData(nameof(Vectors), DisableDiscoveryEnumeration = true)]
    public void Golden(string name, JsonElement input, JsonElement expect)
    {
        var estimator = new ClockOffsetEstimator();
        foreach (var probe in input.GetProperty("probes").EnumerateArray())
        {
            Assert.True(estimator.Add(Read(probe)), name);
        }

        var estimate = Assert.NotNull(estimator.Estimate(input.GetProperty("atDeviceMicros").GetDouble()));
        Assert.Equal(expect.GetProperty("offsetMicros").GetDouble(), estimate.OffsetMicros, ToleranceMicros);
        Assert.Equal(expect.GetProperty("skewPpm").GetDouble(), estimate.SkewPpm, TolerancePpm);
        Assert.Equal(expect.GetProperty("uncertaintyMicros").GetDouble(), estimate.UncertaintyMicros, ToleranceMicros);
    }

    private static ProbeStamps Read(JsonElement probe) => new(
        probe.GetProperty("t0").GetInt64(),
        new ServerMicros(probe.GetProperty("t1").GetInt64()),
        new ServerMicros(probe.GetProperty("t2").GetInt64()),
        probe.GetProperty("t3").GetInt64());
}
