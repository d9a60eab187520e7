namespace Tutti.Protocol;

/// <summary>Every numbered error of the protocol (docs/protocol.md §9). The wire name is the member's name in camelCase.</summary>
public enum ErrorCode
{
    MalformedJson = 1001,
    UnknownType = 1002,
    FrameTooLarge = 1003,
    BinaryFrame = 1004,
    TooDeep = 1005,
    HelloExpected = 1006,
    InvalidField = 1007,
    UnsupportedProtocol = 1008,
    TooManyMessages = 1009,
    HelloTimeout = 1010,
    AlreadyGreeted = 1011,

    OriginRefused = 1101,
    RouteNotFound = 1102,
    MethodNotAllowed = 1103,
    UnsupportedMediaType = 1104,
    BodyTooLarge = 1105,
    TooManyRequests = 1106,
    SocketExpected = 1107,

    RoomNotFound = 2001,
    RoomFull = 2002,
    TooManyRooms = 2003,
    RoomBusy = 2004,

    DeviceNotFound = 2120,
    DeviceOutputOff = 2121,

    NothingToPlay = 3001,
    NotPlaying = 3002,
    NotPaused = 3003,
    PositionOutOfRange = 3004,
    NothingNext = 3005,
    VolumeOutOfRange = 3006,

    ItemNotFound = 4001,
    QueueFull = 4002,
    IndexOutOfRange = 4003,

    TrackNotFound = 5001,
    TrackUnreadable = 5002,
    TrackVanished = 5003,
    SegmentNotFound = 5004,
    MediaBusy = 5005,
    CoverNotFound = 5006,

    AlbumNotFound = 5101,
    ArtistNotFound = 5102,
    GenreNotFound = 5103,
    FolderNotFound = 5104,
    PlaylistNotFound = 5105,
    PlaylistNotAllowed = 5106,
    PlaylistChanged = 5107,

    SignInNeeded = 6001,
    WrongCredentials = 6002,
    LockedOut = 6003,
    CredentialInvalid = 6004,
    CredentialExpired = 6005,
    CredentialRevoked = 6006,
    AdministratorNeeded = 6007,
    GuestElsewhere = 6008,
    AntiforgeryFailed = 6009,
    NameTaken = 6010,
    PasswordUnfit = 6011,
    SignUpClosed = 6012,
    SetUpRefused = 6013,
    CredentialNotFound = 6014,
    TooManyTokens = 6015,
    LastAdministrator = 6016,

    Internal = 9001,
    ShuttingDown = 9002,
}
