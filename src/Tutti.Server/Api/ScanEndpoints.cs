using Tutti.Protocol;
using Tutti.Protocol.Rest;
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
        library.MapGet("/unreadable", UnreadableAsync).Produces<UnreadablePage>().Refuses(ErrorCode.InvalidField)
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
        return TypedResults.Ok(new UnreadablePage([.. page.Items.Select(static track => new UnreadableFile(track.Id, track.Path, track.Reason))], page.Total));
    }
}

internal static class ScanResponses
{
    extension(ScanState)
    {
        public static ScanState Of(MusicLibrary library)
        {
            var progress = library.Progress;
            return new ScanState(
                progress.Running, PhaseName(progress.Phase), Math.Max((int)progress.Phase, 0), (int)ScanPhase.Tidying, progress.PhaseDone, progress.PhaseTotal,
                progress.Found, progress.Done, progress.Read, progress.Skipped, progress.Moved, progress.Missing,
                progress.Problem.Length > 0 ? progress.Problem : null, library.Changes, library.Version, library.UsesDemo);
        }
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
