namespace Tutti.Protocol;

/// <summary>The limits that docs/protocol.md sets. Sizes in bytes or characters as named.</summary>
public static class ProtocolLimits
{
    public const int ProtocolVersion = 1;

    /// <summary>Largest frame a client may send once it has greeted.</summary>
    public const int FrameBytes = 65_536;

    /// <summary>Largest first frame: a <c>hello</c> may carry a whole room state as hand-over.</summary>
    public const int HelloFrameBytes = 1_048_576;

    public const int JsonDepth = 16;

    /// <summary>Messages a second that a client may send on average …</summary>
    public const int MessagesPerSecond = 100;

    /// <summary>… and how many at once.</summary>
    public const int MessageBurst = 200;

    public const int HelloTimeoutSeconds = 10;

    public const int DeviceIdMinLength = 8;
    public const int DeviceIdMaxLength = 64;
    public const int DeviceNameMaxLength = 64;
    public const int RoomNameMaxLength = 64;
    public const int MemberNameMaxLength = 64;

    /// <summary>People who may belong to one room.</summary>
    public const int Members = 200;

    /// <summary>Invitations of one room that may be good at once.</summary>
    public const int Invites = 50;

    public const int PasswordMaxLength = 128;

    public const int DeviceIconMaxLength = 24;

    /// <summary>Largest latency trim of a device, either way, in milliseconds.</summary>
    public const double TrimMaxMs = 500;

    public const int FaultMessageMaxLength = 200;

    /// <summary>Longest id of a track or queue item that is looked up at all.</summary>
    public const int ReferenceMaxLength = 128;

    /// <summary>Longest bearer token, personal access token or guest pass that is looked at.</summary>
    public const int TokenMaxLength = 2_048;

    public const int QueueItems = 1_000;

    /// <summary>Items that one command may add or remove.</summary>
    public const int ItemsPerCommand = 500;

    /// <summary>Played items that stay in the queue before the current one.</summary>
    public const int PlayedItemsKept = 50;

    /// <summary>Longest place in a track that a command may name: 30 days.</summary>
    public const long PositionMaxMicros = 30L * 24 * 3_600 * 1_000_000;

    public const int VolumeMax = 100;

    /// <summary>Longest cross-fade of a room, s.</summary>
    public const int CrossfadeMaxSeconds = 12;

    /// <summary><c>previous</c> beyond this place goes to the item's own start.</summary>
    public const long PreviousRestartsAfterMicros = 3_000_000;

    /// <summary>Characters of a link that is added to a queue.</summary>
    public const int LinkMaxLength = 2_048;
}
