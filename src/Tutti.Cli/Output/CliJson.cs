using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tutti.Client;
using Tutti.Protocol;
using Tutti.Protocol.Rest;

namespace Tutti.Cli.Output;

/// <summary>What <c>--json</c> prints: the very members that REST answers with.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(ServerMicrosConverter)])]
[JsonSerializable(typeof(PlaybackState))]
[JsonSerializable(typeof(QueueList))]
[JsonSerializable(typeof(HistoryList))]
[JsonSerializable(typeof(DeviceList))]
[JsonSerializable(typeof(RoomList))]
[JsonSerializable(typeof(RoomDetail))]
[JsonSerializable(typeof(RoomCreated))]
[JsonSerializable(typeof(TrackPage))]
[JsonSerializable(typeof(ScanState))]
[JsonSerializable(typeof(ServerDetail))]
[JsonSerializable(typeof(AlbumPage))]
[JsonSerializable(typeof(ArtistPage))]
[JsonSerializable(typeof(PlaylistList))]
[JsonSerializable(typeof(AuthState))]
[JsonSerializable(typeof(CredentialList))]
[JsonSerializable(typeof(TokenCreated))]
[JsonSerializable(typeof(Dashboard))]
[JsonSerializable(typeof(AccountDetail))]
[JsonSerializable(typeof(SignUpLinkCreated))]
[JsonSerializable(typeof(SignUpLinkList))]
[JsonSerializable(typeof(AccountList))]
[JsonSerializable(typeof(ResetLinkCreated))]
[JsonSerializable(typeof(RoomSettings))]
[JsonSerializable(typeof(ParticipantList))]
[JsonSerializable(typeof(InviteList))]
[JsonSerializable(typeof(InviteMade))]
[JsonSerializable(typeof(BanList))]
[JsonSerializable(typeof(DoorView))]
[JsonSerializable(typeof(Joined))]
[JsonSerializable(typeof(UploadDetail))]
[JsonSerializable(typeof(DoneLine))]
[JsonSerializable(typeof(WatchLine))]
[JsonSerializable(typeof(ErrorLine))]
internal sealed partial class CliJson : JsonSerializerContext
{
    /// <summary>The context to use: titles in any script stay readable.</summary>
    public static CliJson Plain => Holder.Instance;

    // A class of its own: the order of static fields across the generated parts of this one is not defined.
    private static class Holder
    {
        internal static readonly CliJson Instance =
            new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}

/// <summary>Something was done that has no answer of its own.</summary>
/// <param name="Done">What, for people.</param>
internal sealed record DoneLine(string Done);

/// <param name="Error">What went wrong.</param>
internal sealed record ErrorLine(FaultInfo Error);
