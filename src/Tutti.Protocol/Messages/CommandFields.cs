using System.Collections.Immutable;
using System.Text.Json;

namespace Tutti.Protocol;

/// <summary>Reads commands (docs/protocol.md §5).</summary>
internal static class CommandFields
{
    /// <summary>The command; null when no command has this type. Errors stay in <paramref name="fields"/>.</summary>
    public static RoomCommand? Read(string type, FieldReader fields) => type switch
    {
        "play" => ReadPlay(fields),
        "pause" => new RoomCommand.Pause(),
        "resume" => new RoomCommand.Resume(),
        "seek" => new RoomCommand.Seek(Place(fields)),
        "stop" => new RoomCommand.Stop(),
        "next" => new RoomCommand.Next(),
        "previous" => new RoomCommand.Previous(),
        "changeTrack" => ReadChangeTrack(fields),
        "volume" => new RoomCommand.Volume(fields.Int("volume")),
        "levelling" => new RoomCommand.Levelling(fields.Flag("on")),
        "crossfade" => new RoomCommand.Crossfade(fields.Int("seconds")),
        "queueAdd" => new RoomCommand.QueueAdd(fields.Ids("trackIds", ProtocolLimits.ItemsPerCommand), ReadPlace(fields)),
        "queueRemove" => new RoomCommand.QueueRemove(fields.Ids("itemIds", ProtocolLimits.ItemsPerCommand)),
        "queueMove" => new RoomCommand.QueueMove(Reference(fields, "itemId"), fields.Int("toIndex")),
        "queueClear" => new RoomCommand.QueueClear(),
        "deviceSet" => new RoomCommand.DeviceSet(DeviceFields.Reference(fields, "deviceId"), DeviceFields.ReadChange(fields)),
        "everywhere" => new RoomCommand.Everywhere(),
        "onlyHere" => new RoomCommand.OnlyHere(DeviceFields.Reference(fields, "deviceId")),
        "handOver" => new RoomCommand.HandOver(Reference(fields, "to"), DeviceFields.Reference(fields, "from")),
        _ => null,
    };

    private static RoomCommand.Play ReadPlay(FieldReader fields)
    {
        ImmutableArray<string> trackIds = [];
        if (fields.Has("trackIds"))
        {
            trackIds = fields.Ids("trackIds", ProtocolLimits.ItemsPerCommand);
            if (fields.Has("trackId"))
            {
                fields.Fail("trackId", "and trackIds exclude each other", 0);
            }
        }
        else if (fields.Has("trackId"))
        {
            trackIds = [Reference(fields, "trackId")];
        }

        var startIndex = fields.Has("startIndex") ? fields.Int("startIndex") : 0;
        return new RoomCommand.Play(trackIds, startIndex, fields.Has("positionMicros") ? Place(fields) : null);
    }

    private static RoomCommand.ChangeTrack ReadChangeTrack(FieldReader fields)
    {
        if (fields.Has("itemId") == fields.Has("trackId"))
        {
            fields.Fail("itemId", "or trackId must be given, and not both", 0);
            return new RoomCommand.ChangeTrack(null, null);
        }

        return fields.Has("itemId")
            ? new RoomCommand.ChangeTrack(Reference(fields, "itemId"), null)
            : new RoomCommand.ChangeTrack(null, Reference(fields, "trackId"));
    }

    private static QueuePlace ReadPlace(FieldReader fields)
    {
        if (!fields.Has("at"))
        {
            return QueuePlace.End;
        }

        return fields.Raw("at").ValueKind == JsonValueKind.Number
            ? QueuePlace.AtIndex(fields.Int("at"))
            : fields.Choice("at", ("end", QueuePlace.End), ("next", QueuePlace.Next));
    }

    // The room says what lies outside the track (3004): here only what no track can hold is refused.
    private static long Place(FieldReader fields) => fields.Long("positionMicros", long.MinValue, long.MaxValue);

    private static string Reference(FieldReader fields, string name) => fields.Text(name, 1, ProtocolLimits.ReferenceMaxLength);
}
