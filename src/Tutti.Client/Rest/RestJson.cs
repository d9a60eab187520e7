using System.Text.Json;
using System.Text.Json.Serialization;
using Tutti.Protocol;
using Tutti.Protocol.Rest;

namespace Tutti.Client.Rest;

/// <summary>Source-generated JSON for what REST is sent, and how it refuses; what it answers is in <see cref="AnswerJson"/>.</summary>
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
[JsonSerializable(typeof(PlaylistBody))]
[JsonSerializable(typeof(PlaylistTracksBody))]
[JsonSerializable(typeof(PlaylistMoveBody))]
[JsonSerializable(typeof(SignInBody))]
[JsonSerializable(typeof(PasswordBody))]
[JsonSerializable(typeof(CreateTokenBody))]
[JsonSerializable(typeof(ResetBody))]
[JsonSerializable(typeof(RightsBody))]
[JsonSerializable(typeof(RoomChange))]
[JsonSerializable(typeof(RoleBody))]
[JsonSerializable(typeof(InviteBody))]
[JsonSerializable(typeof(JoinBody))]
[JsonSerializable(typeof(int))]
internal sealed partial class RestJson : JsonSerializerContext;
