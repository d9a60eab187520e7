using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Tutti.Server.Hosting;

/// <summary>
/// The built web app, read once at start: about half a megabyte, and a running server stays consistent while a new build is written.
/// Compressed twins (<c>.br</c>, <c>.gz</c>) are made by the build.
/// </summary>
public sealed class PlayerFiles
{
    private static readonly Dictionary<string, string> s_contentTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".json"] = "application/json",
        [".webmanifest"] = "application/manifest+json",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".webp"] = "image/webp",
        [".ico"] = "image/x-icon",
        [".woff2"] = "font/woff2",
        [".wav"] = "audio/wav",
        [".txt"] = "text/plain; charset=utf-8",
    };

    // The builder puts content hashes into the names below this folder, and nowhere else.
    private const string HashedFolder = "/assets/";

    private PlayerFiles(IReadOnlyDictionary<string, PlayerFile> files) => ByPath = files;

    /// <summary>Files by the path of their URL, <c>/index.html</c> among them.</summary>
    public IReadOnlyDictionary<string, PlayerFile> ByPath { get; }

    /// <summary>Reads the folder; one that is not there gives no files.</summary>
    public static PlayerFiles Read(string folder)
    {
        var files = new Dictionary<string, PlayerFile>(StringComparer.Ordinal);
        if (Directory.Exists(folder))
        {
            foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            {
                if (s_contentTypes.TryGetValue(Path.GetExtension(path), out var contentType))
                {
                    var url = "/" + Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
                    files[url] = PlayerFile.Read(path, contentType, immutable: url.StartsWith(HashedFolder, StringComparison.Ordinal));
                }
            }
        }

        return new PlayerFiles(files);
    }
}

/// <summary>One file of the web app with its compressed twins.</summary>
public sealed class PlayerFile
{
    private readonly string _contentType;
    private readonly string _cacheControl;
    private readonly string _tag;
    private readonly byte[] _plain;
    private readonly (string Encoding, byte[] Bytes)[] _compressed;

    private PlayerFile(string contentType, bool immutable, byte[] plain, (string, byte[])[] compressed)
    {
        (_contentType, _plain, _compressed) = (contentType, plain, compressed);
        _cacheControl = immutable ? "public, max-age=31536000, immutable" : "no-cache";
        _tag = Convert.ToHexStringLower(SHA256.HashData(plain).AsSpan(0, 8));
    }

    /// <summary>Answers with the smallest form that the client accepts.</summary>
    public IResult Serve(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        var headers = http.Response.Headers;
        headers.CacheControl = _cacheControl;
        headers.Vary = HeaderNames.AcceptEncoding;
        var accepted = http.Request.GetTypedHeaders().AcceptEncoding;
        foreach (var (encoding, bytes) in _compressed)
        {
            if (accepted.Any(value => value.Quality is not 0 && value.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase)))
            {
                headers.ContentEncoding = encoding;
                return TypedResults.Bytes(bytes, _contentType, entityTag: new EntityTagHeaderValue($"\"{_tag}-{encoding}\""));
            }
        }

        return TypedResults.Bytes(_plain, _contentType, entityTag: new EntityTagHeaderValue($"\"{_tag}\""));
    }

    internal static PlayerFile Read(string path, string contentType, bool immutable)
    {
        var twins = from twin in new[] { (Encoding: "br", Path: path + ".br"), (Encoding: "gzip", Path: path + ".gz") }
                    where File.Exists(twin.Path)
                    select (twin.Encoding, File.ReadAllBytes(twin.Path));
        return new PlayerFile(contentType, immutable, File.ReadAllBytes(path), [.. twins]);
    }
}
