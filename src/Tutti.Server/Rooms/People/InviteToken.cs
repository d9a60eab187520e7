using System.Security.Cryptography;
using System.Text;

namespace Tutti.Server.Rooms;

/// <summary>The secret part of an invitation. Only its hash is kept, so nobody can read invitations out of a stolen database.</summary>
public static class InviteToken
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int Length = 22;
    private const int IdLength = 8;

    /// <summary>A new token: 131 random bits.</summary>
    public static string Create() => RandomNumberGenerator.GetString(Letters, Length);

    /// <summary>A name for an invitation, by which it is shown and revoked.</summary>
    public static string NewId() => RandomNumberGenerator.GetString(Letters, IdLength);

    /// <summary>SHA-256, hexadecimal: the token is random enough to need no salt and no slowness.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
