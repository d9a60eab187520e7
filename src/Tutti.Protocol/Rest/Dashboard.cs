using Tutti.Timing;

namespace Tutti.Protocol.Rest;

/// <summary>Who am I, what is mine, and what lets anybody in as me.</summary>
/// <param name="Account">The account.</param>
/// <param name="Antiforgery">With a cookie: what to send as <c>X-Tutti-Antiforgery</c> where a client sends no <c>Origin</c>.</param>
/// <param name="Sessions">Where it is signed in.</param>
/// <param name="Tokens">Its personal access tokens.</param>
/// <param name="Devices">Those that are somewhere first, then the one seen last.</param>
/// <param name="Rooms">Shared rooms that I belong to, my own first, with my own role: standing in for a host does not count. The personal room is always there, as MINE.</param>
public sealed record Dashboard(
    AccountDetail Account,
    string? Antiforgery,
    IReadOnlyList<CredentialDetail> Sessions,
    IReadOnlyList<CredentialDetail> Tokens,
    IReadOnlyList<OwnDevice> Devices,
    IReadOnlyList<RoomSummary> Rooms);

/// <summary>A device of mine, wherever it is.</summary>
/// <param name="Id">Its lasting id.</param>
/// <param name="Name">Shown to people.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Icon">Its picture; null: as its kind has it.</param>
/// <param name="State"><c>playing</c>, <c>silent</c> (it follows without sound) or <c>away</c>.</param>
/// <param name="Output">Whether its output is open: a browser that was not touched yet makes no sound.</param>
/// <param name="Room">Where it is; null while away.</param>
/// <param name="Volume">0–100.</param>
/// <param name="Muted">Whether it is muted.</param>
/// <param name="TrimMs">Latency trim, ms.</param>
/// <param name="SeenMicros">Server time at which it last came into a room or was changed, µs since the Unix epoch.</param>
public sealed record OwnDevice(
    string Id,
    string Name,
    DeviceKind Kind,
    string? Icon,
    string State,
    OutputState Output,
    DevicePlace? Room,
    int Volume,
    bool Muted,
    double TrimMs,
    ServerMicros SeenMicros);

/// <summary>The room that a device is in.</summary>
/// <param name="Code">What <c>/api/rooms/{code}/devices</c> takes to change the device there; <c>MINE</c> for the personal room.</param>
/// <param name="Name">Its name, shown to people.</param>
public sealed record DevicePlace(string Code, string Name);
