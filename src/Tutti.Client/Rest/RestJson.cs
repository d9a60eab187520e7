using System.Text.Json;
using System.Text.Json.Serialization;
using Tutti.Protocol;
using Tutti.Protocol.Rest;

namespace Tutti.Client.Rest;

/// <summary>
/// Source-generated JSON for everything that REST takes and gives. Members that are not known are ignored, so that a later server is still
/// understood; an answer that lacks what it must have is none of ours.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = ProtocolLimits.JsonDepth,
    Converters = [typeof(ServerMicrosConverter)])]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(PlayBody))]
[JsonSerializable(typeof(SeekBody))]
[JsonSerializable(typeof(VolumeBody))]
[JsonSerializable(typeof(LevellingBody))]
[JsonSerializable(typeof(CrossfadeBody))]
[JsonSerializable(typeof(ChangeTrackBody))]
[JsonSerializable(typeof(QueueAddBody))]
[JsonSerializable(typeof(QueueMoveBody))]
[JsonSerializable(typeof(DeviceChange))]
[JsonSerializable(typeof(OnlyHereBody))]
[JsonSerializable(typeof(HandOverBody))]
[JsonSerializable(typeof(HistoryList))]
[JsonSerializable(typeof(TrackLyrics))]
[JsonSerializable(typeof(SearchResult))]
[JsonSerializable(typeof(AlbumPage))]
[JsonSerializable(typeof(AlbumDetail))]
[JsonSerializable(typeof(ArtistPage))]
[JsonSerializable(typeof(ArtistDetail))]
[JsonSerializable(typeof(GenrePage))]
[JsonSerializable(typeof(YearList))]
[JsonSerializable(typeof(FolderPage))]
[JsonSerializable(typeof(FolderDetail))]
[JsonSerializable(typeof(PlaylistBody))]
[JsonSerializable(typeof(PlaylistTracksBody))]
[JsonSerializable(typeof(PlaylistMoveBody))]
[JsonSerializable(typeof(PlaylistSummary))]
[JsonSerializable(typeof(PlaylistList))]
[JsonSerializable(typeof(PlaylistPage))]
[JsonSerializable(typeof(PlaylistImported))]
[JsonSerializable(typeof(SignInBody))]
[JsonSerializable(typeof(PasswordBody))]
[JsonSerializable(typeof(CreateTokenBody))]
[JsonSerializable(typeof(ResetBody))]
[JsonSerializable(typeof(AccountList))]
[JsonSerializable(typeof(ResetLinkCreated))]
[JsonSerializable(typeof(AuthState))]
[JsonSerializable(typeof(SignedIn))]
[JsonSerializable(typeof(Dashboard))]
[JsonSerializable(typeof(CredentialList))]
[JsonSerializable(typeof(TokenCreated))]
[JsonSerializable(typeof(SignUpLinkCreated))]
[JsonSerializable(typeof(SignUpLinkList))]
[JsonSerializable(typeof(RoomChange))]
[JsonSerializable(typeof(RoleBody))]
[JsonSerializable(typeof(InviteBody))]
[JsonSerializable(typeof(JoinBody))]
[JsonSerializable(typeof(RoomSettings))]
[JsonSerializable(typeof(ParticipantList))]
[JsonSerializable(typeof(InviteList))]
[JsonSerializable(typeof(InviteMade))]
[JsonSerializable(typeof(BanList))]
[JsonSerializable(typeof(DoorView))]
[JsonSerializable(typeof(Joined))]
[JsonSerializable(typeof(UploadList))]
[JsonSerializable(typeof(UploadDetail))]
[JsonSerializable(typeof(RoomCreated))]
[JsonSerializable(typeof(RoomList))]
[JsonSerializable(typeof(RoomDetail))]
[JsonSerializable(typeof(PlaybackState))]
[JsonSerializable(typeof(QueueList))]
[JsonSerializable(typeof(DeviceList))]
[JsonSerializable(typeof(Track))]
[JsonSerializable(typeof(TrackPage))]
[JsonSerializable(typeof(ScanState))]
[JsonSerializable(typeof(UnreadablePage))]
[JsonSerializable(typeof(PlayerList))]
[JsonSerializable(typeof(ServerDetail))]
[JsonSerializable(typeof(int))]
internal sealed partial class RestJson : JsonSerializerContext;
