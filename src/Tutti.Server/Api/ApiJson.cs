using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using Tutti.Protocol;

namespace Tutti.Server.Api;

/// <summary>Source-generated JSON for everything that REST takes and gives.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = ProtocolLimits.JsonDepth,
    Converters = [typeof(ServerMicrosConverter)])]
[JsonSerializable(typeof(CreateRoomRequest))]
[JsonSerializable(typeof(PlayRequest))]
[JsonSerializable(typeof(SeekRequest))]
[JsonSerializable(typeof(VolumeRequest))]
[JsonSerializable(typeof(LevellingRequest))]
[JsonSerializable(typeof(ChangeTrackRequest))]
[JsonSerializable(typeof(QueueAddRequest))]
[JsonSerializable(typeof(QueueMoveRequest))]
[JsonSerializable(typeof(DeviceSetRequest))]
[JsonSerializable(typeof(OnlyHereRequest))]
[JsonSerializable(typeof(HandOverRequest))]
[JsonSerializable(typeof(HistoryList))]
[JsonSerializable(typeof(RoomCreated))]
[JsonSerializable(typeof(RoomList))]
[JsonSerializable(typeof(RoomDetail))]
[JsonSerializable(typeof(PlaybackState))]
[JsonSerializable(typeof(QueueList))]
[JsonSerializable(typeof(DevicesList))]
[JsonSerializable(typeof(ClientsList))]
[JsonSerializable(typeof(TrackList))]
[JsonSerializable(typeof(TrackLyrics))]
[JsonSerializable(typeof(AlbumList))]
[JsonSerializable(typeof(AlbumDetail))]
[JsonSerializable(typeof(ArtistList))]
[JsonSerializable(typeof(ArtistDetail))]
[JsonSerializable(typeof(GenreList))]
[JsonSerializable(typeof(YearList))]
[JsonSerializable(typeof(FolderList))]
[JsonSerializable(typeof(FolderDetail))]
[JsonSerializable(typeof(SearchResult))]
[JsonSerializable(typeof(PlaylistCreateRequest))]
[JsonSerializable(typeof(PlaylistPatchRequest))]
[JsonSerializable(typeof(PlaylistTracksRequest))]
[JsonSerializable(typeof(PlaylistAddRequest))]
[JsonSerializable(typeof(PlaylistMoveRequest))]
[JsonSerializable(typeof(PlaylistList))]
[JsonSerializable(typeof(PlaylistSummary))]
[JsonSerializable(typeof(PlaylistPage))]
[JsonSerializable(typeof(PlaylistImported))]
[JsonSerializable(typeof(ScanState))]
[JsonSerializable(typeof(UnreadableList))]
[JsonSerializable(typeof(ServerDetail))]
[JsonSerializable(typeof(SignUpRequest))]
[JsonSerializable(typeof(SetUpRequest))]
[JsonSerializable(typeof(SignInRequest))]
[JsonSerializable(typeof(ChangePasswordRequest))]
[JsonSerializable(typeof(DeleteAccountRequest))]
[JsonSerializable(typeof(CreateTokenRequest))]
[JsonSerializable(typeof(AuthState))]
[JsonSerializable(typeof(SignedIn))]
[JsonSerializable(typeof(Dashboard))]
[JsonSerializable(typeof(CredentialList))]
[JsonSerializable(typeof(TokenCreated))]
[JsonSerializable(typeof(SignUpLinkCreated))]
[JsonSerializable(typeof(SignUpLinkList))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(int))]
internal sealed partial class ApiJson : JsonSerializerContext;
