using Tutti.Protocol;
using Tutti.Server.Access.Door;
using Tutti.Server.Library;
using Tutti.Server.Library.Scanning;

namespace Tutti.Server.Api;

/// <summary>The scan that finds tracks, and what it could not read.</summary>
internal static class ScanEndpoints
{
    public static void MapScan(this RouteGroupBuilder api)
    {
        var library = api.MapGroup("/library").WithTags("Library");
        library.MapGet("/scan", (MusicLibrary music) => TypedResults.Ok(ScanState.Of(music))).WithSummary("How far the scan is, or how the last one ended");
        library.MapPost("/scan", (MusicLibrary music) =>
            {
                music.Rescan();
                return TypedResults.Accepted("/api/library/scan", ScanState.Of(music));
            })
            .Needs(Need.Administrator).Refuses(ErrorCode.AdministratorNeeded, ErrorCode.AntiforgeryFailed).Changes().WithSummary("Scans the music folders again");
        library.MapGet("/unreadable", UnreadableAsync).Produces<UnreadableList>().Refuses(ErrorCode.InvalidField)
            .WithSummary("Files that cannot be read, and why");
    }

    private static async Task<IResult> UnreadableAsync(ICatalog catalog, CancellationToken ct, int limit = 100, int offset = 0)
    {
        if (ListFields.Wrong(limit, offset) is { } problem)
        {
            return problem;
        }

        var page = await catalog.TracksAsync(
            new TrackQuery(State: TrackState.Unreadable, Order: TrackOrder.Path), new PageRange(offset, limit), ct);
        return TypedResults.Ok(new UnreadableList([.. page.Items.Select(static track => new UnreadableFile(track.Id, track.Path, track.Reason))], page.Total));
    }
}

/// <param name="Phase"><c>idle</c>, <c>makingDemo</c>, <c>finding</c>, <c>reading</c>, <c>grouping</c>, <c>covers</c> or <c>tidying</c>.</param>
/// <param name="PhaseNumber">1 to <paramref name="Phases"/> while a scan runs; else 0.</param>
/// <param name="PhaseDone">How much of <paramref name="PhaseTotal"/> the phase has done.</param>
/// <param name="PhaseTotal">What the phase has to do in all; 0 while that is not known.</param>
/// <param name="Found">Audio files found so far.</param>
/// <param name="Done">Of those, how many have been looked at.</param>
/// <param name="Read">Of those, how many were opened, being new or changed.</param>
/// <param name="Skipped">Of those, how many cannot be read.</param>
/// <param name="Moved">Files that turned out to be known ones in another place.</param>
/// <param name="Missing">Tracks whose file was not there, once the scan is done.</param>
/// <param name="Problem">Why the last scan could not be done as a whole; null when it could.</param>
/// <param name="Changes">Grows with every scan that changed what the library holds; lists asked for before are still true while it stays.</param>
/// <param name="Demo">Whether these are the demo pieces, for want of a music folder.</param>
public sealed record ScanState(
    bool Running, string Phase, int PhaseNumber, int Phases, int PhaseDone, int PhaseTotal, int Found, int Done, int Read, int Skipped, int Moved,
    int Missing, string? Problem, long Changes, bool Demo)
{
    public static ScanState Of(MusicLibrary library)
    {
        var progress = library.Progress;
        return new ScanState(
            progress.Running, PhaseName(progress.Phase), Math.Max((int)progress.Phase, 0), (int)ScanPhase.Tidying, progress.PhaseDone, progress.PhaseTotal,
            progress.Found, progress.Done, progress.Read, progress.Skipped, progress.Moved, progress.Missing,
            progress.Problem.Length > 0 ? progress.Problem : null, library.Changes, library.UsesDemo);
    }

    private static string PhaseName(ScanPhase phase) => phase switch
    {
        ScanPhase.Idle => "idle",
        ScanPhase.MakingDemo => "makingDemo",
        ScanPhase.Finding => "finding",
        ScanPhase.Reading => "reading",
        ScanPhase.Grouping => "grouping",
        ScanPhase.Covers => "covers",
        ScanPhase.Tidying => "tidying",
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, null),
    };
}

/// <param name="Total">Files that cannot be read, on all pages.</param>
public sealed record UnreadableList(IReadOnlyList<UnreadableFile> Files, int Total);

/// <param name="Path">Place within the music folder.</param>
/// <param name="Reason">Why it cannot be read, for people.</param>
public sealed record UnreadableFile(string Id, string Path, string Reason);
