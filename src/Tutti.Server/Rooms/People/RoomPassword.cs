using System.Security.Cryptography;
using System.Text;

namespace Tutti.Server.Rooms;

/// <summary>A room's password, kept as PBKDF2-HMAC-SHA512 (RFC 8018 §5.2) with a salt of its own.</summary>
public static class RoomPassword
{
    // OWASP's figure for SHA-512: about a tenth of a second, paid by whoever guesses.
    private const int Iterations = 210_000;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    public static string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return $"{Convert.ToBase64String(salt)}.{Convert.ToBase64String(Derive(password, salt))}";
    }

    public static bool Matches(string password, string hash)
    {
        var parts = hash.Split('.');
        return parts.Length == 2
            && CryptographicOperations.FixedTimeEquals(Derive(password, Convert.FromBase64String(parts[0])), Convert.FromBase64String(parts[1]));
    }

    private static byte[] Derive(string password, byte[] salt) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password.Normalize()), salt, Iterations, HashAlgorithmName.SHA512, HashBytes);
}
