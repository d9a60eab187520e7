namespace Tutti.Timing;

/// <summary>What <see cref="ClockOffsetEstimator"/> supposes of clocks.</summary>
public sealed record ClockOffsetOptions
{
    public static ClockOffsetOptions Default { get; } = new();

    /// <summary>How long a probe is remembered, µs.</summary>
    public long WindowMicros { get; init; } = 120_000_000;

    /// <summary>Crystals usually differ by about this much, ppm.</summary>
    public double SkewPriorPpm { get; init; } = 40;

    /// <summary>Margin that a skew of <see cref="SkewPriorPpm"/> must win to be believed, µs.</summary>
    public double SkewWorthMicros { get; init; } = 20;

    /// <summary>Larger skews are taken for nonsense, ppm.</summary>
    public double SkewLimitPpm { get; init; } = 500;

    /// <summary>How far crystals wander: an old bound is loosened by this much per second of age, ppm.</summary>
    public double WanderPpm { get; init; } = 0.5;
}
