using Tutti.Server.Library;

namespace Tutti.Server.Media.Levels;

/// <summary>A sound that may have to be measured.</summary>
/// <param name="Channels">As in the file; 0 when not known.</param>
public sealed record UnmeasuredSound(LevelledFile File, int Channels)
{
    public static UnmeasuredSound Of(LibraryTrack track) => new(new LevelledFile(track.FullPath, track.SizeBytes, track.ModifiedMicros), track.Channels);
}
