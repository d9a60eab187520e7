using Tutti.Server.Library;

namespace Tutti.Server.Api;

/// <param name="Total">Tracks that match, on all pages.</param>
public sealed record TrackList(IReadOnlyList<Track> Tracks, int Total);

/// <summary>A track of the library.</summary>
/// <param name="DurationSeconds">An estimate until the track was played once.</param>
/// <param name="CoverUrl">Path on this server; null without a cover.</param>
/// <param name="FileUrl">The original file.</param>
/// <param name="Playable">False when its file is missing or cannot be read.</param>
public sealed record Track(
    string Id,
    string Title,
    string Artist,
    string Album,
    string AlbumArtist,
    int? DiscNumber,
    int? TrackNumber,
    int? Year,
    double DurationSeconds,
    string? CoverUrl,
    string FileUrl,
    bool Playable)
{
    public static Track Of(LibraryTrack track) => new(
        track.Id, track.Title, track.Artist, track.Album, track.AlbumArtist, track.DiscNumber, track.TrackNumber, track.Year,
        Fields.Seconds(track.DurationMicros), track.Cover is CoverSource.None ? null : $"/api/tracks/{track.Id}/cover", $"/api/tracks/{track.Id}/file",
        track.State is TrackState.Playable);
}

/// <param name="Phase"><c>idle</c>, <c>makingDemo</c>, <c>finding</c> or <c>reading</c>.</param>
/// <param name="Found">Audio files found so far.</param>
/// <param name="Done">Of those, how many have been looked at.</param>
/// <param name="Skipped">Of those, how many cannot be read.</param>
/// <param name="Missing">Tracks whose file was not there, once the scan is done.</param>
/// <param name="Problem">Why the last scan could not be done as a whole; null when it could.</param>
/// <param name="Demo">Whether these are the demo pieces, for want of a music folder.</param>
public sealed record ScanState(bool Running, string Phase, int Found, int Done, int Skipped, int Missing, string? Problem, bool Demo)
{
    public static ScanState Of(MusicLibrary library)
    {
        var progress = library.Progress;
        return new ScanState(
            progress.Running, PhaseName(progress.Phase), progress.Found, progress.Done, progress.Skipped, progress.Missing,
            progress.Problem.Length > 0 ? progress.Problem : null, library.UsesDemo);
    }

    private static string PhaseName(ScanPhase phase) => phase switch
    {
        ScanPhase.Idle => "idle",
        ScanPhase.MakingDemo => "makingDemo",
        ScanPhase.Finding => "finding",
        ScanPhase.Reading => "reading",
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, null),
    };
}

/// <param name="Total">Files that cannot be read, on all pages.</param>
public sealed record UnreadableList(IReadOnlyList<UnreadableFile> Files, int Total);

/// <param name="Path">Place within the music folder.</param>
/// <param name="Reason">Why it cannot be read, for people.</param>
public sealed record UnreadableFile(string Id, string Path, string Reason);
