using Tutti.Protocol;

namespace Tutti.Client.Rooms;

/// <summary>Who joins a room, and how.</summary>
public sealed record RoomConnectionOptions
{
    /// <summary>
    /// The device: a lasting id of 8 to 64 of <c>A–Z a–z 0–9 - _</c>, a name of 1 to 64 characters, and its kind. A program that only commands and
    /// watches is a <see cref="DeviceKind.Control"/>. A second connection with the same id takes the place of the first.
    /// </summary>
    public required DeviceIdentity Device { get; init; }

    /// <summary>
    /// Pace of the clock probes once the clock is known; null: as the server asks and the link needs. They also show that the line is alive:
    /// after three of them unanswered and 5 s the connection is made anew.
    /// </summary>
    public TimeSpan? ProbeInterval { get; init; }

    /// <summary>How long opening may take, from the socket to the snapshot.</summary>
    public TimeSpan OpenTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a command may take, waiting for a lost connection to come back included.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A device id for a program that has none to keep.</summary>
    public static string NewDeviceId() => Guid.NewGuid().ToString("N");
}
