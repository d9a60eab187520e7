using System.Buffers;
using System.Security.Cryptography;

namespace Tutti.Protocol;

/// <summary>Room codes: <c>HOME</c>, or six characters without look-alikes (no I, O, 0, 1); personal rooms have longer ones.</summary>
public static class RoomCodes
{
    public const string Home = "HOME";

    /// <summary>Stands for the caller's own personal room wherever a code is taken.</summary>
    public const string Mine = "MINE";

    public const int Length = 6;

    /// <summary>Length of a personal room's code, which only its owner's devices ever get to see.</summary>
    public const int PersonalLength = 26;

    public const string Alphabet = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

    private static readonly SearchValues<char> s_alphabet = SearchValues.Create(Alphabet);

    /// <summary>A new code from the system's cryptographic random source: codes are invitations and must not be guessable from one another.</summary>
    public static string Create() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>Brings a code to its one form (upper case); null when it cannot be a room code.</summary>
    public static string? Normalize(string? code)
    {
        if (code is null || code.Length is not (4 or Length or PersonalLength))
        {
            return null;
        }

        var upper = code.ToUpperInvariant();
        return upper == Home || (upper.Length is Length or PersonalLength && !upper.AsSpan().ContainsAnyExcept(s_alphabet)) ? upper : null;
    }
}
