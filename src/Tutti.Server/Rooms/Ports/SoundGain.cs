namespace Tutti.Server.Rooms;

/// <summary>What makes a track as loud as others, dB.</summary>
/// <param name="TrackDb">When it plays among tracks of other albums.</param>
/// <param name="AlbumDb">When it plays with its album, whose tracks keep their loudness to each other.</param>
public readonly record struct SoundGain(double TrackDb, double AlbumDb);
