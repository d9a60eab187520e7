namespace Tutti.Server.Media.Levels;

/// <summary>From loudness to the gain that makes all tracks equally loud.</summary>
public static class Levelling
{
    /// <summary>No true peak is raised beyond this, dB of full scale: converters and codecs behind us need that much.</summary>
    public const double CeilingDb = -1;

    private const double LeastDb = -24;
    private const double MostDb = 12;
    private const double SilentLufs = -69;

    /// <summary>What a track that was never measured is taken for: as loud as most of what is sold.</summary>
    public static SoundLevel Usual { get; } = new(-10, 0);

    /// <summary>The gain, dB, rounded to hundredths; 0 for silence.</summary>
    public static double GainDb(SoundLevel level, double targetLufs)
    {
        if (level.IntegratedLufs <= SilentLufs)
        {
            return 0;
        }
        var wanted = Math.Clamp(targetLufs - level.IntegratedLufs, LeastDb, MostDb);
        return Math.Round(wanted > 0 ? Math.Clamp(CeilingDb - level.TruePeakDb, 0, wanted) : wanted, 2);
    }
}
