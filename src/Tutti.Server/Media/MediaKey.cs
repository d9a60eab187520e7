using System.Buffers;

namespace Tutti.Server.Media;

/// <summary>
/// Name of a decoded sound: 32 hexadecimal digits, the first half of the SHA-256 of the whole file, then <c>-</c> and the cutter's version.
/// The same content has the same key whatever its name, and a key never names two sounds.
/// </summary>
public readonly record struct MediaKey
{
    private const int HashDigits = 32;
    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789abcdef");
    private static readonly string s_suffix = $"-{SegmentFormat.CutterVersion}";

    private MediaKey(string hash) => Hash = hash;

    /// <summary>The content's part of the key.</summary>
    public string Hash { get; }

    /// <summary>The key of a content's hash as <see cref="ContentHash"/> gives it.</summary>
    public static MediaKey OfHash(string hash) => new(hash);

    /// <summary>Reads a key from outside; false for anything that this cutter can't have made.</summary>
    public static bool TryParse(string text, out MediaKey key)
    {
        var valid = text.Length == HashDigits + s_suffix.Length
            && text.EndsWith(s_suffix, StringComparison.Ordinal)
            && text.AsSpan(0, HashDigits).IndexOfAnyExcept(s_digits) < 0;
        key = valid ? new MediaKey(text[..HashDigits]) : default;
        return valid;
    }

    public override string ToString() => Hash + s_suffix;
}
