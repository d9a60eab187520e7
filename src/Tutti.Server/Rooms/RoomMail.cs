namespace Tutti.Server.Rooms;

/// <summary>One letter in a room's mailbox. All null: nothing but a reason to look at what is due.</summary>
/// <param name="From">The device's connection; its letters count only as long as it is the device's newest.</param>
/// <param name="CommandId">The device's number for a command; null when it expects no answer.</param>
/// <param name="Joining">True when the connection comes in with this letter.</param>
/// <param name="Handover">The state frame that a joining device kept.</param>
/// <param name="Answer">Who waits for the outcome.</param>
internal readonly record struct RoomMail(
    RoomInput? Input,
    IDeviceConnection? From = null,
    long? CommandId = null,
    bool Joining = false,
    bool Resync = false,
    string? Handover = null,
    TaskCompletionSource<CommandOutcome>? Answer = null);
