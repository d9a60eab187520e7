using System.Collections.Immutable;
using System.Text.Json;

namespace Tutti.Protocol;

/// <summary>Writes commands (docs/protocol.md §5): the other direction of <see cref="CommandFields"/>.</summary>
internal static class CommandWriter
{
    public static void Write(Utf8JsonWriter json, long id, RoomCommand command)
    {
        json.WriteString("type"u8, TypeOf(command));
        json.WriteNumber("id"u8, id);
        switch (command)
        {
            case RoomCommand.Play play:
                WritePlay(json, play);
                break;
            case RoomCommand.Seek seek:
                json.WriteNumber("positionMicros"u8, seek.PositionMicros);
                break;
            case RoomCommand.ChangeTrack { ItemId: { } itemId }:
                json.WriteString("itemId"u8, itemId);
                break;
            case RoomCommand.ChangeTrack change:
                json.WriteString("trackId"u8, change.TrackId);
                break;
            case RoomCommand.Volume volume:
                json.WriteNumber("volume"u8, volume.Percent);
                break;
            case RoomCommand.Levelling levelling:
                json.WriteBoolean("on"u8, levelling.On);
                break;
            case RoomCommand.Crossfade crossfade:
                json.WriteNumber("seconds"u8, crossfade.Seconds);
                break;
            case RoomCommand.QueueAdd add:
                WriteIds(json, "trackIds", add.TrackIds);
                WritePlace(json, add.At);
                break;
            case RoomCommand.QueueRemove remove:
                WriteIds(json, "itemIds", remove.ItemIds);
                break;
            case RoomCommand.QueueMove move:
                json.WriteString("itemId"u8, move.ItemId);
                json.WriteNumber("toIndex"u8, move.ToIndex);
                break;
            case RoomCommand.DeviceSet set:
                DeviceWriter.WriteReference(json, "deviceId", set.DeviceId);
                DeviceWriter.WriteChange(json, set.Change);
                break;
            case RoomCommand.OnlyHere here:
                DeviceWriter.WriteReference(json, "deviceId", here.DeviceId);
                break;
            case RoomCommand.HandOver handOver:
                json.WriteString("to"u8, handOver.To);
                DeviceWriter.WriteReference(json, "from", handOver.From);
                break;
        }
    }

    private static string TypeOf(RoomCommand command) => command switch
    {
        RoomCommand.Play => "play",
        RoomCommand.Pause => "pause",
        RoomCommand.Resume => "resume",
        RoomCommand.Seek => "seek",
        RoomCommand.Stop => "stop",
        RoomCommand.Next => "next",
        RoomCommand.Previous => "previous",
        RoomCommand.ChangeTrack => "changeTrack",
        RoomCommand.Volume => "volume",
        RoomCommand.Levelling => "levelling",
        RoomCommand.Crossfade => "crossfade",
        RoomCommand.QueueAdd => "queueAdd",
        RoomCommand.QueueRemove => "queueRemove",
        RoomCommand.QueueMove => "queueMove",
        RoomCommand.QueueClear => "queueClear",
        RoomCommand.DeviceSet => "deviceSet",
        RoomCommand.Everywhere => "everywhere",
        RoomCommand.OnlyHere => "onlyHere",
        RoomCommand.HandOver => "handOver",
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "a command that is none"),
    };

    private static void WritePlay(Utf8JsonWriter json, RoomCommand.Play play)
    {
        if (!play.TrackIds.IsDefaultOrEmpty)
        {
            WriteIds(json, "trackIds", play.TrackIds);
        }

        if (play.StartIndex != 0)
        {
            json.WriteNumber("startIndex"u8, play.StartIndex);
        }

        if (play.PositionMicros is { } position)
        {
            json.WriteNumber("positionMicros"u8, position);
        }
    }

    private static void WritePlace(Utf8JsonWriter json, QueuePlace place)
    {
        if (place.IsNext)
        {
            json.WriteString("at"u8, "next"u8);
        }
        else if (place.Index is { } index)
        {
            json.WriteNumber("at"u8, index);
        }
    }

    private static void WriteIds(Utf8JsonWriter json, string name, ImmutableArray<string> ids)
    {
        json.WriteStartArray(name);
        foreach (var id in ids)
        {
            json.WriteStringValue(id);
        }

        json.WriteEndArray();
    }
}
