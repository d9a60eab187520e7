using Tutti.Protocol;
using Tutti.Protocol.Rest;

namespace Tutti.Server.Api;

/// <summary>Playback of one room: the same commands that devices send over the socket (docs/protocol.md §5).</summary>
internal static class PlaybackEndpoints
{
    /// <param name="room">A group whose requests are about one room.</param>
    public static void MapPlayback(this RouteGroupBuilder room)
    {
        var playback = room.MapGroup("/playback").WithTags("Playback");
        playback.MapGet("/state", (HttpContext http) => TypedResults.Ok(http.Playback()))
            .WithSummary("What sounds now: status, track, position in seconds, volume and queue");

        var commands = playback.MapGroup("").Changes();
        commands.MapPost("/play", (PlayRequest? body, HttpContext http, CancellationToken ct) => http.CommandAsync(body ?? new PlayRequest(), ct))
            .Produces<PlaybackState>().TakesJson()
            .Refuses(ErrorCode.NothingToPlay, ErrorCode.TrackNotFound, ErrorCode.QueueFull, ErrorCode.IndexOutOfRange, ErrorCode.PositionOutOfRange)
            .WithSummary("Plays tracks; without a body: resumes, or starts the queue");
        commands.MapPost("/pause", (HttpContext http, CancellationToken ct) => http.CommandAsync(new RoomCommand.Pause(), ct))
            .Produces<PlaybackState>().Refuses(ErrorCode.NotPlaying).WithSummary("Holds at the place that sounds");
        commands.MapPost("/resume", (HttpContext http, CancellationToken ct) => http.CommandAsync(new RoomCommand.Resume(), ct))
            .Produces<PlaybackState>().Refuses(ErrorCode.NotPaused).WithSummary("Goes on from where it was held");
        commands.MapPost("/seek", (SeekRequest body, HttpContext http, CancellationToken ct) => http.CommandAsync(body, ct))
            .Produces<PlaybackState>().TakesJson().Refuses(ErrorCode.PositionOutOfRange, ErrorCode.NothingToPlay).WithSummary("Moves within the current track");
        commands.MapPost("/stop", (HttpContext http, CancellationToken ct) => http.CommandAsync(new RoomCommand.Stop(), ct))
            .Produces<PlaybackState>().WithSummary("Silence; the current track goes back to its start");
        commands.MapPost("/next", (HttpContext http, CancellationToken ct) => http.CommandAsync(new RoomCommand.Next(), ct))
            .Produces<PlaybackState>().Refuses(ErrorCode.NothingNext).WithSummary("The next item of the queue");
        commands.MapPost("/previous", (HttpContext http, CancellationToken ct) => http.CommandAsync(new RoomCommand.Previous(), ct))
            .Produces<PlaybackState>().Refuses(ErrorCode.NothingToPlay).WithSummary("The previous item; beyond 3 s into an item: its start");
        commands.MapPost("/changeTrack", (ChangeTrackRequest body, HttpContext http, CancellationToken ct) => http.CommandAsync(body, ct))
            .Produces<PlaybackState>().TakesJson().Refuses(ErrorCode.TrackNotFound, ErrorCode.ItemNotFound)
            .WithSummary("Another item of the queue, or another track in the place of the current one");
        commands.MapPost("/levelling", (LevellingRequest body, HttpContext http, CancellationToken ct) => http.CommandAsync(body, ct))
            .Produces<PlaybackState>().TakesJson().WithSummary("Whether all tracks are made equally loud");
        commands.MapPost("/crossfade", (CrossfadeRequest body, HttpContext http, CancellationToken ct) => http.CommandAsync(body, ct))
            .Produces<PlaybackState>().TakesJson().Refuses(ErrorCode.CrossfadeOutOfRange)
            .WithSummary("For how long tracks that follow each other are heard together, 0–12 s; tracks of an album in their order never are");
        commands.MapPost("/volume", (VolumeRequest body, HttpContext http, CancellationToken ct) => http.CommandAsync(body, ct))
            .Produces<PlaybackState>().TakesJson().Refuses(ErrorCode.VolumeOutOfRange).WithSummary("Volume of the whole room, 0–100");
    }
}
