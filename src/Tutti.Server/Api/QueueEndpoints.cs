using System.Collections.Immutable;
using Tutti.Protocol;
using Tutti.Protocol.Rest;
using Tutti.Server.Sources;
using Tutti.Server.Sources.Embedded;
using Tutti.Timing;

namespace Tutti.Server.Api;

/// <summary>The queue of one room.</summary>
internal static class QueueEndpoints
{
    /// <param name="room">A group whose requests are about one room.</param>
    public static void MapQueue(this RouteGroupBuilder room)
    {
        var queue = room.MapGroup("/queue").WithTags("Queue");
        queue.MapGet("", (HttpContext http, IServerClock clock) => TypedResults.Ok(QueueList.At(http.Room().State, clock.Now)))
            .WithSummary("The queue, in playing order");

        var commands = queue.MapGroup("").Changes();
        commands.MapPost("", AddAsync)
            .Produces<PlaybackState>().TakesJson().Refuses(ErrorCode.TrackNotFound, ErrorCode.QueueFull, ErrorCode.IndexOutOfRange)
            .Refuses(ErrorCode.NotAllowed, ErrorCode.LinkRefused, ErrorCode.LinkUnreachable, ErrorCode.LinkTooLarge, ErrorCode.LinkSilent)
            .Refuses(ErrorCode.ServiceOff, ErrorCode.LinkNotTrack, ErrorCode.NotPlayable)
            .WithSummary("Adds tracks, or the file, station, YouTube video or Spotify track behind a link, at the end, next, or at an index");
        commands.MapPost("/move", (QueueMoveRequest body, HttpContext http, CancellationToken ct) => http.CommandAsync(body, ct))
            .Produces<PlaybackState>().TakesJson().Refuses(ErrorCode.ItemNotFound, ErrorCode.IndexOutOfRange)
            .WithSummary("Moves an item to another index");
        commands.MapDelete("/{itemId}", RemoveAsync)
            .Produces<PlaybackState>().Refuses(ErrorCode.ItemNotFound, ErrorCode.InvalidField)
            .WithSummary("Removes an item; removing the current one moves to the next");
        commands.MapDelete("", (HttpContext http, CancellationToken ct) => http.CommandAsync(new RoomCommand.QueueClear(), ct))
            .Produces<PlaybackState>().WithSummary("Removes all but the current item");
    }

    private static async Task<IResult> AddAsync(QueueAddRequest body, LinkTracks links, EmbeddedTracks embedded, HttpContext http, CancellationToken ct)
    {
        if (body.Url is not { } url)
        {
            return await http.CommandAsync(body, ct);
        }
        if (body.TrackIds is not null || url.Length > ProtocolLimits.LinkMaxLength)
        {
            return Problems.Of(ErrorCode.InvalidField, $"url stands alone, without trackIds, and has at most {ProtocolLimits.LinkMaxLength} characters.");
        }
        // Before anything is fetched for somebody who may not add it.
        if (!http.Room().Allows(http.Actor(), RoomRight.Add))
        {
            return Problems.Of(ErrorCode.NotAllowed, "Links are for those to add who may add tracks.");
        }
        try
        {
            var trackId = ServiceLink.Read(url) is { } place ? (await embedded.AddAsync(place, ct)).Id : (await links.AddAsync(url, ct)).Id;
            return await http.CommandAsync(body with { TrackIds = [trackId] }, ct);
        }
        catch (LinkException error)
        {
            return Problems.Of(error.Code, error.Message);
        }
    }

    private static Task<IResult> RemoveAsync(string itemId, HttpContext http, CancellationToken ct)
    {
        ImmutableArray<string> items = [itemId];
        return Fields.WrongReferences("itemId", items, atLeast: 1) is { } wrong
            ? Task.FromResult<IResult>(Problems.Of(wrong.Code, wrong.Detail))
            : http.CommandAsync(new RoomCommand.QueueRemove(items), ct);
    }
}
