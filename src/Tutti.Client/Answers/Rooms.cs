using System.Collections.Immutable;
using Tutti.Protocol;

namespace Tutti.Client;

/// <summary>A room that was made.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name, shown to people.</param>
/// <param name="Url">Its page, as a path on the server.</param>
public sealed record RoomCreated(string Code, string Name, string Url);

/// <summary>The rooms that one may see, Home first.</summary>
/// <param name="Rooms">The rooms.</param>
/// <param name="Total">How many.</param>
public sealed record RoomList(IReadOnlyList<RoomSummary> Rooms, int Total);

/// <summary>A room in a list.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name, shown to people.</param>
/// <param name="Status">Whether it plays.</param>
/// <param name="Track">The current track; null without any.</param>
/// <param name="Devices">Devices that are connected.</param>
public sealed record RoomSummary(string Code, string Name, PlaybackStatus Status, RoomTrack? Track, int Devices);

/// <summary>A room in full.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name, shown to people.</param>
/// <param name="Playback">What sounds.</param>
/// <param name="Devices">Who is in it.</param>
public sealed record RoomDetail(string Code, string Name, PlaybackState Playback, ImmutableArray<DeviceInfo> Devices);

/// <summary>The devices of a room.</summary>
/// <param name="Devices">With their newest reports.</param>
/// <param name="Total">How many.</param>
public sealed record DeviceList(ImmutableArray<DeviceInfo> Devices, int Total);
