using System.Text;

namespace Tutti.Server.Sources.Radio;

/// <summary>
/// Parts a station's stream into sound and what it says of itself: after every so many bytes of sound stands one byte, a sixteenth of the length
/// of what follows, such as <c>StreamTitle='Artist - Song';</c> (the protocol of SHOUTcast, which Icecast speaks too). Does no I/O.
/// </summary>
/// <param name="interval">Bytes of sound between two words, as <c>icy-metaint</c> says; 0: it says nothing.</param>
/// <param name="onTitle">Gets each title, which may be the same as before.</param>
public sealed class IcyParser(int interval, Action<string> onTitle)
{
    private const string TitleBegins = "StreamTitle='";
    private const int MostCharacters = 200;
    private static readonly Encoding s_utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);

    private readonly List<byte> _words = [];
    private int _soundLeft = interval > 0 ? interval : int.MaxValue;
    private int _wordsLeft = -1;

    /// <summary>Takes what came; answers the sound of it, moved together at the start of the same bytes.</summary>
    public Memory<byte> Take(Memory<byte> came)
    {
        if (interval <= 0)
        {
            return came;
        }
        var bytes = came.Span;
        var kept = 0;
        for (var at = 0; at < bytes.Length;)
        {
            if (_soundLeft > 0)
            {
                var run = Math.Min(_soundLeft, bytes.Length - at);
                bytes.Slice(at, run).CopyTo(bytes[kept..]);
                (kept, at, _soundLeft) = (kept + run, at + run, _soundLeft - run);
            }
            else if (_wordsLeft < 0)
            {
                _wordsLeft = 16 * bytes[at++];
            }
            else
            {
                var run = Math.Min(_wordsLeft, bytes.Length - at);
                _words.AddRange(bytes.Slice(at, run));
                (at, _wordsLeft) = (at + run, _wordsLeft - run);
            }
            if (_soundLeft == 0 && _wordsLeft == 0)
            {
                Tell();
                (_soundLeft, _wordsLeft) = (interval, -1);
            }
        }
        return came[..kept];
    }

    /// <summary>The title in a station's words; null when they hold none. UTF-8, or Latin-1 where it is not that.</summary>
    public static string? TitleOf(ReadOnlySpan<byte> words)
    {
        var bytes = words.TrimEnd((byte)0).ToArray();
        string text;
        try
        {
            text = s_utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            text = Encoding.Latin1.GetString(bytes);
        }
        var start = text.IndexOf(TitleBegins, StringComparison.OrdinalIgnoreCase);
        if (start < 0)
        {
            return null;
        }
        start += TitleBegins.Length;
        // Titles hold apostrophes of their own.
        var end = text.IndexOf("';", start, StringComparison.Ordinal);
        return Plain(end < 0 ? text[start..].TrimEnd('\'') : text[start..end]);
    }

    /// <summary>What a station calls something, fit to be shown.</summary>
    internal static string Plain(string text)
    {
        var plain = string.Concat(text.Where(static letter => !char.IsControl(letter))).Trim();
        return plain.Length > MostCharacters ? plain[..MostCharacters] : plain;
    }

    private void Tell()
    {
        if (_words.Count > 0 && TitleOf(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_words)) is { } title)
        {
            onTitle(title);
        }
        _words.Clear();
    }
}
