using Tutti.Server.Media.Resampling;

namespace Tutti.Server.Tests.Media;

/// <summary>Tones through the resampler, against what they should be.</summary>
public sealed class ResamplerTests
{
    [Theory]
    [InlineData(8_000, 3_000)]
    [InlineData(11_025, 4_000)]
    [InlineData(22_050, 9_000)]
    [InlineData(32_000, 13_000)]
    [InlineData(44_100, 997)]
    [InlineData(44_100, 15_000)]
    [InlineData(44_100, 20_000)]
    [InlineData(88_200, 20_000)]
    [InlineData(96_000, 997)]
    [InlineData(96_000, 20_000)]
    [InlineData(192_000, 20_000)]
    public void A_tone_stays_where_and_what_it_is_to_its_edges(int rate, double hertz)
    {
        var sound = Resample(rate, Tone(rate, hertz, rate + 13), rate);
        Assert.Equal((int)Math.Round((rate + 13) * 48_000.0 / rate, MidpointRounding.AwayFromZero), sound.Length / 2);
        var worst = 0.0;
        for (var n = 0; n < sound.Length / 2; n++)
        {
            worst = Math.Max(worst, Math.Abs(sound[2 * n] - (0.5 * Math.Sin(2 * Math.PI * hertz * n / 48_000))));
        }
        // −66 dB of the tone at the edges, where the filter has to guess; the stated 0.01 dB inside.
        Assert.True(worst < 0.0006, $"{worst:0.000000}");
    }

    [Theory]
    [InlineData(96_000, 30_000)]
    [InlineData(192_000, 27_000)]
    public void What_48_kHz_cannot_hold_is_gone(int rate, double hertz)
    {
        var sound = Resample(rate, Tone(rate, hertz, rate), rate)[4_000..^4_000];
        Assert.All(sound, value => Assert.InRange(value, -1e-6f, 1e-6f));
    }

    [Theory]
    [InlineData(44_100)]
    [InlineData(96_000)]
    public void Pieces_and_a_start_in_the_middle_make_no_difference(int rate)
    {
        var random = new Random(3);
        var input = Enumerable.Range(0, rate * 8 * 2).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray();
        var whole = Resample(rate, input, rate);
        Assert.Equal(whole, Resample(rate, input, 777));

        var middle = new Resampler(rate, 2 * rate, 4 * 48_000);
        middle.Write(input.AsSpan(2 * rate * 2));
        middle.End();
        var rest = new float[2 * 48_000 * 4];
        Assert.Equal(rest.Length / 2, middle.Read(rest));
        Assert.Equal(whole[(2 * 4 * 48_000)..], rest);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(50)]
    [InlineData(1_000)]
    public void The_shortest_sounds_have_their_length(int samples)
    {
        var sound = Resample(44_100, Tone(44_100, 440, samples), 100);
        Assert.Equal((int)Math.Round(samples * 48_000.0 / 44_100), sound.Length / 2);
        Assert.All(sound, value => Assert.InRange(value, -1, 1));
    }

    [Fact]
    public void Silence_is_silence() => Assert.All(Resample(44_100, new float[20_000], 5_000), value => Assert.Equal(0, value));

    private static float[] Tone(int rate, double hertz, int samples) =>
        [.. Enumerable.Range(0, samples * 2).Select(i => (float)(0.5 * Math.Sin(2 * Math.PI * hertz * (i / 2) / rate)))];

    private static float[] Resample(int rate, float[] input, int piece)
    {
        var resampler = new Resampler(rate, 0, 0);
        var output = new List<float>();
        var buffer = new float[2_000];
        for (var at = 0; at < input.Length; at += 2 * piece)
        {
            resampler.Write(input.AsSpan(at, Math.Min(2 * piece, input.Length - at)));
            Take();
        }
        resampler.End();
        Take();
        return [.. output];

        void Take()
        {
            for (int read; (read = resampler.Read(buffer)) > 0;)
            {
                output.AddRange(buffer.AsSpan(0, 2 * read));
            }
        }
    }
}
