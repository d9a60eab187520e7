using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using Tutti.Protocol;
using Tutti.Protocol.Rest;

namespace Tutti.Server.Api;

/// <summary>Source-generated JSON for what REST takes, and how it refuses; what it answers is in <see cref="AnswerJson"/>.</summary>
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
[JsonSerializable(typeof(CrossfadeRequest))]
[JsonSerializable(typeof(ChangeTrackRequest))]
[JsonSerializable(typeof(QueueAddRequest))]
[JsonSerializable(typeof(QueueMoveRequest))]
[JsonSerializable(typeof(SettingsRequest))]
[JsonSerializable(typeof(RoleRequest))]
[JsonSerializable(typeof(InviteRequest))]
[JsonSerializable(typeof(JoinRequest))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(DeviceSetRequest))]
[JsonSerializable(typeof(OnlyHereRequest))]
[JsonSerializable(typeof(HandOverRequest))]
[JsonSerializable(typeof(PlaylistCreateRequest))]
[JsonSerializable(typeof(PlaylistPatchRequest))]
[JsonSerializable(typeof(PlaylistTracksRequest))]
[JsonSerializable(typeof(PlaylistAddRequest))]
[JsonSerializable(typeof(PlaylistMoveRequest))]
[JsonSerializable(typeof(SignUpRequest))]
[JsonSerializable(typeof(SetUpRequest))]
[JsonSerializable(typeof(SignInRequest))]
[JsonSerializable(typeof(ChangePasswordRequest))]
[JsonSerializable(typeof(DeleteAccountRequest))]
[JsonSerializable(typeof(CreateTokenRequest))]
[JsonSerializable(typeof(ResetPasswordRequest))]
[JsonSerializable(typeof(AccountRightsRequest))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(int))]
internal sealed partial class ApiJson : JsonSerializerContext;
