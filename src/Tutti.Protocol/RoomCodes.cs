using System.Buffers;
using System.Security.Cryptography;

namespace Tutti.Protocol;

/// <summary>Room codes: <c>HOME</c>, or six characters without look-alikes (no I, O, 0, 1).</summary>
public static class RoomCodes
{
    public const string Home = "HOME";
    public const int Length = 6;
    public const string Alphabet = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

    private static readonly SearchValues<char> s_alphabet = SearchValues.Create(Alphabet);

    /// <summary>A new code from the system's cryptographic random source: codes are invitations and must not be guessable from one another.</summary>
    public static string Create() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>Brings a code to its one form (upper case); null when it cannot be a room code.</summary>
    public static string? Normalize(string? code)
    {
        if (code is null || code.Length is not (4 or Length))
        {
            return null;
        }

        var upper = code.ToUpperInvariant();
        return upper == Home || (upper.Length == Length && !upper.AsSpan().ContainsAnyExcept(s_alphabet)) ? upper : null;
    }
}
