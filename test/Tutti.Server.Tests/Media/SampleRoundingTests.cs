using Tutti.Server.Media;

namespace Tutti.Server.Tests.Media;

/// <summary>Floats to 16 bits.</summary>
public sealed class SampleRoundingTests
{
    [Fact]
    public void A_16_bit_number_stays_as_it_is()
    {
        var numbers = Enumerable.Range(short.MinValue, 65_536).Select(value => (short)value).ToArray();
        Assert.Equal(numbers, Round([.. numbers.Select(value => value / 32_768f)]));
    }

    [Fact]
    public void What_is_finer_is_right_on_average_and_at_most_a_step_and_a_half_off()
    {
        var rounded = Round([.. Enumerable.Repeat(100.25f / 32_768, 192_000)]);
        Assert.Equal(100.25, rounded.Average(value => (double)value), 0.01);
        Assert.All(rounded, value => Assert.InRange(value, 99, 102));
    }

    [Fact]
    public void The_ends_of_a_run_that_fills_no_vector_are_like_the_rest()
    {
        var sound = Enumerable.Range(0, 192_000).Select(i => (float)Math.Sin(i * 0.01)).ToArray();
        var whole = Round(sound);
        for (var length = 2; length < 70; length += 2)
        {
            Assert.Equal(whole[..length], Round(sound[..length]));
        }
    }

    [Theory]
    [InlineData(1.5f, 32_767)]
    [InlineData(-1.5f, -32_768)]
    [InlineData(float.PositiveInfinity, 32_767)]
    [InlineData(float.NaN, 0)]
    public void What_is_beyond_full_scale_is_clipped(float value, short expected) =>
        Assert.All(Round([.. Enumerable.Repeat(value, 34)]), rounded => Assert.Equal(expected, rounded));

    private static short[] Round(float[] sound)
    {
        var pcm = new short[sound.Length];
        SampleRounding.Round(sound, pcm);
        return pcm;
    }
}
