using System.Security.Cryptography;
using System.Text;

namespace Tutti.TagReader;

/// <summary>The name of a picture: the first 128 bits of the SHA-256 of its bytes, in hexadecimal.</summary>
public static class PictureHash
{
    public static string Of(ReadOnlySpan<byte> picture)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(picture, hash);
        return Convert.ToHexStringLower(hash[..16]);
    }

    /// <summary>For a reader that knows that there is a picture, but not its bytes: a name for whatever this file holds as it is now.</summary>
    /// <exception cref="IOException">The file cannot be looked at.</exception>
    public static string OfFile(string path)
    {
        var file = new FileInfo(path);
        return Of(Encoding.UTF8.GetBytes($"{file.FullName}\n{file.Length}\n{file.LastWriteTimeUtc.Ticks}"));
    }
}
