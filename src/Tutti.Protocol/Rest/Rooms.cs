using System.Collections.Immutable;

namespace Tutti.Protocol.Rest;

/// <summary>A room that was made.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name, shown to people.</param>
/// <param name="Url">Its page, as a path on the server.</param>
/// <param name="Kind"><c>shared</c>: the caller's; <c>open</c>: everybody's.</param>
public sealed record RoomCreated(string Code, string Name, string Url, string Kind);

/// <summary>The rooms that one may see: one's own first, then Home, then by code.</summary>
/// <param name="Rooms">The rooms.</param>
/// <param name="Total">How many.</param>
public sealed record RoomList(IReadOnlyList<RoomSummary> Rooms, int Total);

/// <summary>A room in a list.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name, shown to people.</param>
/// <param name="Status">Whether it plays.</param>
/// <param name="Track">The current track; null without any.</param>
/// <param name="Devices">Devices that are connected.</param>
/// <param name="Kind"><c>open</c>, <c>shared</c> or <c>personal</c>.</param>
/// <param name="Public">Whether whoever knows the code may come in.</param>
/// <param name="Role">What the caller is there; null when no member.</param>
public sealed record RoomSummary(string Code, string Name, PlaybackStatus Status, RoomTrack? Track, int Devices, string Kind, bool Public, MemberRole? Role);

/// <summary>A room in full.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name, shown to people.</param>
/// <param name="Kind"><c>open</c>, <c>shared</c> or <c>personal</c>.</param>
/// <param name="Role">What the caller is in it; null in an open room.</param>
/// <param name="Rules">How it is held; null for an open room.</param>
/// <param name="Playback">What sounds.</param>
/// <param name="Devices">What is in it.</param>
public sealed record RoomDetail(
    string Code, string Name, string Kind, MemberRole? Role, RoomRules? Rules, PlaybackState Playback, ImmutableArray<DeviceInfo> Devices);

/// <summary>The devices of a room.</summary>
/// <param name="Devices">With their newest reports.</param>
/// <param name="Total">How many.</param>
public sealed record DeviceList(ImmutableArray<DeviceInfo> Devices, int Total);

/// <summary>The devices of one's own room, or Home, under the name that the short form has.</summary>
/// <param name="Clients">With their newest reports.</param>
/// <param name="Total">How many.</param>
public sealed record ClientList(ImmutableArray<DeviceInfo> Clients, int Total);
