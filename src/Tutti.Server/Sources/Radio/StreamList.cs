using System.Text;
using Tutti.Protocol;
using Tutti.Server.Library.Playlists;

namespace Tutti.Server.Sources.Radio;

/// <summary>
/// A list that leads to a stream, as stations give one instead of the stream itself: M3U, or PLS
/// (<c>File1=…</c>). Several addresses are several ways to the same.
/// </summary>
internal static class StreamList
{
    private const int MostBytes = 1 << 16;
    private const int MostPlaces = 8;

    private static readonly HashSet<string> s_types = new(StringComparer.OrdinalIgnoreCase)
    {
        "audio/x-mpegurl", "audio/mpegurl", "application/x-mpegurl", "application/mpegurl", "application/vnd.apple.mpegurl", "audio/x-scpls", "audio/scpls", "application/pls+xml",
    };

    /// <summary>Whether an answer is a list: by its type, or by its address where the type says nothing of sound.</summary>
    public static bool IsOne(Uri url, HttpResponseMessage response)
    {
        var type = response.Content.Headers.ContentType?.MediaType;
        return (type is not null && s_types.Contains(type))
            || (!StationHeaders.IsSound(type) && Path.GetExtension(url.AbsolutePath).ToLowerInvariant() is ".m3u" or ".m3u8" or ".pls");
    }

    /// <summary>The addresses in a list, in its order, at least one and at most eight.</summary>
    /// <exception cref="LinkException">5204: there are none, or they are pieces of HLS.</exception>
    public static async Task<IReadOnlyList<string>> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        var bytes = new byte[MostBytes];
        var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
        return Read(bytes.AsSpan(0, read));
    }

    /// <inheritdoc cref="ReadAsync"/>
    internal static IReadOnlyList<string> Read(ReadOnlySpan<byte> list)
    {
        var text = Encoding.Latin1.GetString(list);
        if (text.Contains("#EXT-X-", StringComparison.Ordinal))
        {
            throw new LinkException(ErrorCode.LinkSilent, "this is a list of HLS, which is not played");
        }
        var places = text.Contains("[playlist]", StringComparison.OrdinalIgnoreCase) ? Pls(text) : M3u.Read(list).Entries.Select(static entry => entry.Place);
        string[] found = [.. places.Take(MostPlaces)];
        return found.Length > 0 ? found : throw new LinkException(ErrorCode.LinkSilent, "the list is empty");
    }

    private static IEnumerable<string> Pls(string text) => text.Split('\n')
        .Where(static line => line.TrimStart().StartsWith("File", StringComparison.OrdinalIgnoreCase) && line.Contains('='))
        .Select(static line => line[(line.IndexOf('=') + 1)..].Trim())
        .Where(static place => place.Length > 0);
}
