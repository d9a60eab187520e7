using Tutti.Protocol;
using Tutti.Server.Rooms;

namespace Tutti.Server.Media;

/// <summary>Where what becomes known of sounds is told, whoever came to know it.</summary>
public sealed class SoundNews
{
    /// <summary>Raised from any thread with the track, its sound, and its gain where that is the news.</summary>
    public event Action<string, MediaInfo, SoundGain?>? Known;

    public void Tell(string trackId, MediaInfo media, SoundGain? gain = null) => Known?.Invoke(trackId, media, gain);
}
