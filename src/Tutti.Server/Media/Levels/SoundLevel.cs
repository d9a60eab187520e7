using Tutti.Server.Library.Tags;

namespace Tutti.Server.Media.Levels;

/// <summary>How loud a sound is.</summary>
/// <param name="IntegratedLufs">EBU R 128's integrated loudness; −70 or less for what is as good as silent.</param>
/// <param name="TruePeakDb">The largest value between samples too, dB of full scale.</param>
public sealed record SoundLevel(double IntegratedLufs, double TruePeakDb)
{
    // ReplayGain 2.0: gains are meant to bring the sound to this.
    private const double ReplayGainLufs = -18;

    /// <summary>What the tags say of the track by itself; null when they do not.</summary>
    public static SoundLevel? OfTrack(ReplayGain tags) => Of(tags.TrackGainDb, tags.TrackPeak);

    /// <summary>What the tags say of its album; null when they do not.</summary>
    public static SoundLevel? OfAlbum(ReplayGain tags) => Of(tags.AlbumGainDb, tags.AlbumPeak);

    /// <summary>Of several sounds played one after the other.</summary>
    /// <param name="parts">At least one, with lengths in any one unit.</param>
    public static SoundLevel OfAll(IReadOnlyCollection<(SoundLevel Level, long Length)> parts)
    {
        var length = parts.Sum(part => (double)part.Length);
        var energy = parts.Sum(part => part.Length * Math.Pow(10, part.Level.IntegratedLufs / 10));
        return new SoundLevel(length > 0 && energy > 0 ? 10 * Math.Log10(energy / length) : -70, parts.Max(part => part.Level.TruePeakDb));
    }

    private static SoundLevel? Of(double? gainDb, double? peak) =>
        gainDb is { } gain ? new SoundLevel(ReplayGainLufs - gain, peak is > 0 and var largest ? 20 * Math.Log10(largest) : 0) : null;
}
