using System.Collections.Immutable;

namespace Tutti.Protocol;

/// <summary>What people and scripts can ask of a room (docs/protocol.md §5). Closed: only the records below.</summary>
public abstract record RoomCommand
{
    private RoomCommand()
    {
    }

    /// <summary>
    /// With tracks: they go into the queue right after the current item, and the one at <paramref name="StartIndex"/> starts. Without:
    /// resumes when paused, else starts the current or first item.
    /// </summary>
    public sealed record Play(ImmutableArray<string> TrackIds, int StartIndex = 0, long? PositionMicros = null) : RoomCommand;

    public sealed record Pause : RoomCommand;

    public sealed record Resume : RoomCommand;

    public sealed record Seek(long PositionMicros) : RoomCommand;

    public sealed record Stop : RoomCommand;

    public sealed record Next : RoomCommand;

    public sealed record Previous : RoomCommand;

    /// <summary>Exactly one of the two is given.</summary>
    public sealed record ChangeTrack(string? ItemId, string? TrackId) : RoomCommand;

    /// <param name="Percent">0–100.</param>
    public sealed record Volume(int Percent) : RoomCommand;

    /// <summary>Whether all tracks are made equally loud.</summary>
    public sealed record Levelling(bool On) : RoomCommand;

    /// <summary>For how long tracks that follow each other are heard together.</summary>
    /// <param name="Seconds">0 (not at all) to 12.</param>
    public sealed record Crossfade(int Seconds) : RoomCommand;

    public sealed record QueueAdd(ImmutableArray<string> TrackIds, QueuePlace At) : RoomCommand;

    public sealed record QueueRemove(ImmutableArray<string> ItemIds) : RoomCommand;

    public sealed record QueueMove(string ItemId, int ToIndex) : RoomCommand;

    public sealed record QueueClear : RoomCommand;

    /// <param name="DeviceId">Null: the sender.</param>
    public sealed record DeviceSet(string? DeviceId, DeviceChange Change) : RoomCommand;

    /// <summary>Every device plays.</summary>
    public sealed record Everywhere : RoomCommand;

    /// <summary>One device plays, all others are silent.</summary>
    /// <param name="DeviceId">Null: the sender.</param>
    public sealed record OnlyHere(string? DeviceId) : RoomCommand;

    /// <summary>Sound leaves one device and goes on in another at the same instant.</summary>
    /// <param name="From">Null: the sender.</param>
    public sealed record HandOver(string To, string? From) : RoomCommand;
}
