using System.Text.Json.Serialization;

namespace Tutti.Protocol.Rest;

/// <summary>
/// Source-generated JSON for everything that REST answers, for who writes it and who reads it. Members that are not known are ignored, so that
/// a later server is still understood; an answer that lacks what it must have is none of ours.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = ProtocolLimits.JsonDepth,
    Converters = [typeof(ServerMicrosConverter)])]
[JsonSerializable(typeof(RoomSettings))]
[JsonSerializable(typeof(ParticipantList))]
[JsonSerializable(typeof(InviteList))]
[JsonSerializable(typeof(InviteMade))]
[JsonSerializable(typeof(BanList))]
[JsonSerializable(typeof(DoorView))]
[JsonSerializable(typeof(Joined))]
[JsonSerializable(typeof(HistoryList))]
[JsonSerializable(typeof(RoomCreated))]
[JsonSerializable(typeof(RoomList))]
[JsonSerializable(typeof(RoomDetail))]
[JsonSerializable(typeof(PlaybackState))]
[JsonSerializable(typeof(QueueList))]
[JsonSerializable(typeof(DeviceList))]
[JsonSerializable(typeof(ClientList))]
[JsonSerializable(typeof(PlayerList))]
[JsonSerializable(typeof(TrackPage))]
[JsonSerializable(typeof(TrackLyrics))]
[JsonSerializable(typeof(AlbumPage))]
[JsonSerializable(typeof(AlbumDetail))]
[JsonSerializable(typeof(ArtistPage))]
[JsonSerializable(typeof(ArtistDetail))]
[JsonSerializable(typeof(GenrePage))]
[JsonSerializable(typeof(YearList))]
[JsonSerializable(typeof(FolderPage))]
[JsonSerializable(typeof(FolderDetail))]
[JsonSerializable(typeof(SearchResult))]
[JsonSerializable(typeof(PlaylistList))]
[JsonSerializable(typeof(PlaylistSummary))]
[JsonSerializable(typeof(PlaylistPage))]
[JsonSerializable(typeof(PlaylistImported))]
[JsonSerializable(typeof(UploadList))]
[JsonSerializable(typeof(UploadDetail))]
[JsonSerializable(typeof(ScanState))]
[JsonSerializable(typeof(UnreadablePage))]
[JsonSerializable(typeof(ServerDetail))]
[JsonSerializable(typeof(AccountList))]
[JsonSerializable(typeof(ResetLinkCreated))]
[JsonSerializable(typeof(AuthState))]
[JsonSerializable(typeof(SignedIn))]
[JsonSerializable(typeof(Dashboard))]
[JsonSerializable(typeof(CredentialList))]
[JsonSerializable(typeof(TokenCreated))]
[JsonSerializable(typeof(SignUpLinkCreated))]
[JsonSerializable(typeof(SignUpLinkList))]
[JsonSerializable(typeof(Track))]
[JsonSerializable(typeof(AccountDetail))]
[JsonSerializable(typeof(Genre))]
public sealed partial class AnswerJson : JsonSerializerContext;
