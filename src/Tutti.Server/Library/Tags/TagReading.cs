using System.Collections.Immutable;
using System.Globalization;

namespace Tutti.Server.Library.Tags;

/// <summary>
/// Raw names and values, as formats and taggers write them, to <see cref="AudioTags"/>. Names are compared without case, spaces and
/// punctuation, so that <c>MusicBrainz Album Id</c> (ID3, MP4), <c>MUSICBRAINZ_ALBUMID</c> (Vorbis) and <c>MusicBrainz/Album Id</c> (ASF) are one.
/// Names as listed in picard-docs.musicbrainz.org, "Tag Mapping".
/// </summary>
public static class TagReading
{
    /// <summary>Raised whenever more, or something else, is read; files read by an older one are read again.</summary>
    public const int Version = 2;

    public const int MaxNameCharacters = 500;
    public const int MaxLyricsCharacters = 100_000;

    // Opus keeps its gains relative to −23 LUFS in 1/256 dB (RFC 7845 §5.2.1); ReplayGain's reference is −18 LUFS.
    private const double OpusReferenceDb = 5;

    public static AudioTags Of(IEnumerable<KeyValuePair<string, string>> raw)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in raw)
        {
            var key = Key(name);
            if (value.Length > 0 && key.Length > 0)
            {
                values.TryAdd(key, value);
            }
        }

        var artist = Name(values, "artist", "author", "wmauthor", "performer");
        var albumArtist = Name(values, "albumartist", "wmalbumartist", "ensemble");
        return new AudioTags(
            Name(values, "title", "wmtitle"),
            Shown(artist),
            Names(values, "artists", "wmartists") is { Length: > 0 } artists ? artists : CreditedNames.Artists(artist),
            Shown(Name(values, "album", "wmalbumtitle")),
            Shown(albumArtist),
            Names(values, "albumartists") is { Length: > 0 } albumArtists ? albumArtists : CreditedNames.Artists(albumArtist),
            Number(values, "disc", "discnumber", "disk", "partofset", "wmpartofset"),
            Number(values, "track", "tracknumber", "wmtracknumber"),
            Year(values, "date", "year", "wmyear", "originaldate", "originalyear"),
            CreditedNames.Genres(Name(values, "genre", "wmgenre")),
            Flag(values, "compilation", "itunescompilation", "tcmp", "cpil", "wmiscompilation"),
            new ReplayGain(
                Decibels(values, "replaygaintrackgain") ?? OpusDecibels(values, "r128trackgain"),
                Peak(values, "replaygaintrackpeak"),
                Decibels(values, "replaygainalbumgain") ?? OpusDecibels(values, "r128albumgain"),
                Peak(values, "replaygainalbumpeak")),
            new MusicBrainzIds(
                Id(values, "musicbrainztrackid", "musicbrainzrecordingid"), Id(values, "musicbrainzalbumid", "musicbrainzreleaseid"),
                Id(values, "musicbrainzartistid"), Id(values, "musicbrainzalbumartistid")),
            Lyrics(values));
    }

    private static string Key(string name) => string.Create(
        name.Count(char.IsAsciiLetterOrDigit), name, static (key, name) =>
        {
            var at = 0;
            foreach (var letter in name)
            {
                if (char.IsAsciiLetterOrDigit(letter))
                {
                    key[at++] = char.ToLowerInvariant(letter);
                }
            }
        });

    private static string First(Dictionary<string, string> values, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (values.TryGetValue(name, out var value))
            {
                return value;
            }
        }
        return "";
    }

    private static string Name(Dictionary<string, string> values, params ReadOnlySpan<string> names) => PlainText.Line(First(values, names), MaxNameCharacters);

    private static ImmutableArray<string> Names(Dictionary<string, string> values, params ReadOnlySpan<string> names) =>
        CreditedNames.Values(Name(values, names));

    // Several values arrive as one, parted by ';' or by what was a NUL.
    private static string Shown(string name) => name.Contains(';') ? string.Join(", ", CreditedNames.Values(name)) : name;

    // "3/12" is the third of twelve.
    private static int? Number(Dictionary<string, string> values, params ReadOnlySpan<string> names)
    {
        var digits = First(values, names).AsSpan().Trim();
        var end = digits.IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(end < 0 ? digits : digits[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is > 0 and < 100_000 ? number : null;
    }

    // "2003-05-01", "20030501", "May 2003": the first four digits that can be a year.
    private static int? Year(Dictionary<string, string> values, params ReadOnlySpan<string> names)
    {
        var text = First(values, names).AsSpan();
        for (var at = 0; at + 4 <= text.Length; at++)
        {
            if (!text.Slice(at, 4).ContainsAnyExceptInRange('0', '9') && int.Parse(text.Slice(at, 4), CultureInfo.InvariantCulture) is >= 1000 and <= 2999 and var year)
            {
                return year;
            }
        }
        return null;
    }

    private static bool Flag(Dictionary<string, string> values, params ReadOnlySpan<string> names) =>
        First(values, names).Trim() is var text && (text == "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase) || text.Equals("yes", StringComparison.OrdinalIgnoreCase));

    private static double? Decibels(Dictionary<string, string> values, string name)
    {
        var text = First(values, name).AsSpan().Trim();
        if (text.EndsWith("dB", StringComparison.OrdinalIgnoreCase))
        {
            text = text[..^2].TrimEnd();
        }
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var gain) && gain is >= -60 and <= 60 ? gain : null;
    }

    private static double? OpusDecibels(Dictionary<string, string> values, string name) =>
        int.TryParse(First(values, name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var steps) && steps is >= short.MinValue and <= short.MaxValue
            ? (steps / 256.0) + OpusReferenceDb is >= -60 and <= 60 and var gain ? gain : null
            : null;

    private static double? Peak(Dictionary<string, string> values, string name) =>
        double.TryParse(First(values, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var peak) && peak is > 0 and < 100 ? peak : null;

    private static string Id(Dictionary<string, string> values, params ReadOnlySpan<string> names)
    {
        var text = First(values, names).AsSpan().Trim();
        return text.Length >= 36 && Guid.TryParseExact(text[..36], "D", out var id) ? id.ToString("D") : "";
    }

    // ID3 adds the language to the name: "lyrics-eng".
    private static string Lyrics(Dictionary<string, string> values)
    {
        var found = First(values, "lyrics", "unsyncedlyrics", "unsynchronisedlyrics", "wmlyrics", "uslt");
        if (found.Length == 0)
        {
            found = values.Where(pair => pair.Key.StartsWith("lyrics", StringComparison.Ordinal)).OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => pair.Value).FirstOrDefault("");
        }
        return PlainText.Lines(found, MaxLyricsCharacters);
    }
}
