using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Tutti.Server.Access;

/// <summary>Ids and secrets from the system's random source.</summary>
internal static class Randoms
{
    private const string IdLetters = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>An id of 26 lower-case letters and digits, 130 bits: never drawn twice.</summary>
    public static string Id() => RandomNumberGenerator.GetString(IdLetters, 26);

    /// <summary>A secret of 256 bits as 43 characters of base64url.</summary>
    public static string Secret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>What is kept of a secret. A plain hash does: nobody can try 2^256 values.</summary>
    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Compares without telling by its duration how much was right.</summary>
    public static bool IsHashOf(string secret, string hash) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(HashOf(secret)), Encoding.ASCII.GetBytes(hash));
}
