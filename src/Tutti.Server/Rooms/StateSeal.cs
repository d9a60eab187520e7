using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tutti.Protocol;

namespace Tutti.Server.Rooms;

/// <summary>
/// Seals states with HMAC-SHA256 (RFC 2104) over their exact UTF-8 text, so that devices can keep them for a server that has crashed and
/// cannot alter them.
/// </summary>
public sealed class StateSeal(HandoverKey key)
{
    public SealedState Seal(RoomState state)
    {
        var utf8 = JsonSerializer.SerializeToUtf8Bytes(state, ProtocolJson.Wire.RoomState);
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Secret.Span, utf8, mac);
        return new SealedState(state, utf8, Base64Url.EncodeToString(mac));
    }

    /// <summary>Reads the state out of a <c>state</c> or <c>snapshot</c> frame that a device kept. False unless the seal is ours.</summary>
    public bool TryOpen(string frame, [NotNullWhen(true)] out RoomState? state)
    {
        state = null;
        try
        {
            using var document = JsonDocument.Parse(frame, new JsonDocumentOptions { MaxDepth = ProtocolLimits.JsonDepth });
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("seal", out var seal)
                || !document.RootElement.TryGetProperty("state", out var sealedState)
                || seal.ValueKind != JsonValueKind.String
                || !IsOurs(Encoding.UTF8.GetBytes(sealedState.GetRawText()), seal.GetString()!))
            {
                return false;
            }

            state = sealedState.Deserialize(ProtocolJson.Wire.RoomState);
            return state is not null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is not valid Unicode.
            return false;
        }
    }

    private bool IsOurs(byte[] stateUtf8, string seal)
    {
        Span<byte> claimed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (!Base64Url.TryDecodeFromChars(seal, claimed, out var length) || length != claimed.Length)
        {
            return false;
        }

        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Secret.Span, stateUtf8, mac);
        return CryptographicOperations.FixedTimeEquals(claimed, mac);
    }
}
