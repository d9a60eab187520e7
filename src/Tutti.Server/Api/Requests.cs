using System.Collections.Immutable;
using System.Text.Json;
using Tutti.Protocol;

namespace Tutti.Server.Api;

/// <summary>A request body that stands for a command.</summary>
internal interface ICommandRequest
{
    CommandReading Read();
}

/// <summary>What to play; nothing at all resumes, or starts the queue.</summary>
/// <param name="TrackId">One track …</param>
/// <param name="TrackIds">… or several, at most 500.</param>
/// <param name="StartIndex">Which of them starts, from 0.</param>
/// <param name="Position">Where in it, seconds.</param>
public sealed record PlayRequest(string? TrackId = null, ImmutableArray<string>? TrackIds = null, int StartIndex = 0, double? Position = null) : ICommandRequest
{
    CommandReading ICommandRequest.Read()
    {
        var tracks = TrackId is null ? TrackIds ?? [] : TrackIds is null ? [TrackId] : default;
        if (tracks.IsDefault)
        {
            return CommandReading.Wrong(ErrorCode.InvalidField, "trackId and trackIds exclude each other.");
        }

        if (Position is { } position && !Fields.IsPosition(position))
        {
            return Fields.PositionWrong;
        }

        return Fields.WrongReferences("trackIds", tracks, atLeast: 0)
            ?? CommandReading.Ok(new RoomCommand.Play(tracks, StartIndex, Position is { } seconds ? Fields.Micros(seconds) : null));
    }
}

/// <param name="Position">Place in the current item, seconds.</param>
public sealed record SeekRequest(double Position) : ICommandRequest
{
    CommandReading ICommandRequest.Read() =>
        Fields.IsPosition(Position) ? CommandReading.Ok(new RoomCommand.Seek(Fields.Micros(Position))) : Fields.PositionWrong;
}

/// <param name="On">True makes all tracks equally loud.</param>
public sealed record LevellingRequest(bool On) : ICommandRequest
{
    CommandReading ICommandRequest.Read() => CommandReading.Ok(new RoomCommand.Levelling(On));
}

/// <param name="Seconds">0 (not at all) to 12.</param>
public sealed record CrossfadeRequest(int Seconds) : ICommandRequest
{
    CommandReading ICommandRequest.Read() => CommandReading.Ok(new RoomCommand.Crossfade(Seconds));
}

/// <param name="Volume">0–100.</param>
public sealed record VolumeRequest(int Volume) : ICommandRequest
{
    CommandReading ICommandRequest.Read() => CommandReading.Ok(new RoomCommand.Volume(Volume));
}

/// <summary>Another track in the place of the current one, or another item of the queue: exactly one of the two.</summary>
public sealed record ChangeTrackRequest(string? TrackId = null, string? ItemId = null) : ICommandRequest
{
    CommandReading ICommandRequest.Read() => TrackId is null == ItemId is null
        ? CommandReading.Wrong(ErrorCode.InvalidField, "Give trackId or itemId, one of the two.")
        : Fields.WrongReferences(TrackId is null ? "itemId" : "trackId", [TrackId ?? ItemId!], atLeast: 1)
            ?? CommandReading.Ok(new RoomCommand.ChangeTrack(ItemId, TrackId));
}

/// <param name="TrackIds">1 to 500 tracks; left out with <paramref name="Url"/>.</param>
/// <param name="Url">Instead of tracks: the http or https address of an audio file.</param>
/// <param name="At"><c>"end"</c> (when left out), <c>"next"</c>, or the index that the first gets.</param>
public sealed record QueueAddRequest(ImmutableArray<string>? TrackIds = null, JsonElement? At = null, string? Url = null) : ICommandRequest
{
    CommandReading ICommandRequest.Read() => Place() is not { } place
        ? CommandReading.Wrong(ErrorCode.InvalidField, "at must be \"end\", \"next\" or an index.")
        : Fields.WrongReferences("trackIds", TrackIds ?? default, atLeast: 1) ?? CommandReading.Ok(new RoomCommand.QueueAdd(TrackIds ?? default, place));

    private QueuePlace? Place() => At switch
    {
        null or { ValueKind: JsonValueKind.Null } => QueuePlace.End,
        { ValueKind: JsonValueKind.String } text when text.ValueEquals("end") => QueuePlace.End,
        { ValueKind: JsonValueKind.String } text when text.ValueEquals("next") => QueuePlace.Next,
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var index) => QueuePlace.AtIndex(index),
        _ => null,
    };
}

/// <param name="ToIndex">The index that the item then has, from 0.</param>
public sealed record QueueMoveRequest(string ItemId, int ToIndex) : ICommandRequest
{
    CommandReading ICommandRequest.Read() =>
        Fields.WrongReferences("itemId", [ItemId], atLeast: 1) ?? CommandReading.Ok(new RoomCommand.QueueMove(ItemId, ToIndex));
}
