using System.Security.Cryptography;
using System.Text;

namespace Tutti.Server.Library.Reading;

/// <summary>The name of a picture: the first 128 bits of the SHA-256 of its bytes, in hexadecimal.</summary>
public static class PictureHash
{
    public static string Of(ReadOnlySpan<byte> picture) => Convert.ToHexStringLower(SHA256.HashData(picture).AsSpan(0, 16));

    /// <summary>For a reader that knows that there is a picture, but not its bytes: a name for whatever this file holds as it is now.</summary>
    /// <exception cref="IOException">The file cannot be looked at.</exception>
    public static string OfFile(string path)
    {
        var file = new FileInfo(path);
        return Of(Encoding.UTF8.GetBytes($"{file.FullName}\n{file.Length}\n{file.LastWriteTimeUtc.Ticks}"));
    }
}
