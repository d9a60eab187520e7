namespace Tutti.LibraryBench;

/// <summary>A made-up library: artists with albums with tracks, the same from the same seed.</summary>
internal static class Names
{
    private static readonly string[] s_syllables =
    [
        "ka", "mor", "len", "thi", "so", "ra", "bel", "dun", "fi", "gro", "han", "jo", "kel", "lu", "mi", "nor", "o", "pel", "qui", "rus", "sta", "tel", "un", "vor", "wen", "xan", "yl",
        "zor", "é", "ø", "ße", "ñu", "the", "and", "in", "love", "night", "blue",
    ];

    private static readonly string[] s_genres = ["Rock", "Pop", "Jazz", "Classical", "Electronic", "Folk", "Metal", "Hip-Hop", "Blues", "Soul", "Ambient", "Punk"];

    /// <summary>Track <paramref name="n"/> of the library; ten to an album, four albums to an artist.</summary>
    public static Piece Of(int n)
    {
        var album = n / 10;
        var artist = album / 4;
        return new Piece(
            n, Words(n * 7 + 1, 1 + (n % 4)), Words(artist * 13 + 5, 1 + (artist % 2)), Words(album * 17 + 3, 1 + (album % 3)), (n % 10) + 1, 1960 + (album * 7 % 65),
            s_genres[artist % s_genres.Length]);
    }

    private static string Words(int seed, int count)
    {
        var random = new Random(seed);
        return string.Join(' ', Enumerable.Range(0, count).Select(_ =>
        {
            var word = string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => s_syllables[random.Next(s_syllables.Length)]));
            return char.ToUpperInvariant(word[0]) + word[1..];
        }));
    }
}

internal sealed record Piece(int Number, string Title, string Artist, string Album, int Track, int Year, string Genre)
{
    public string Folder => Path.Combine(Safe($"{Artist} {Number / 40}"), Safe($"{Album} {Number / 10}"));

    public IEnumerable<(string Name, string Value)> Tags =>
    [
        ("TITLE", Title), ("ARTIST", Artist), ("ALBUM", Album), ("ALBUMARTIST", Artist), ("TRACKNUMBER", $"{Track}"), ("DATE", $"{Year}"), ("GENRE", Genre),
        ("REPLAYGAIN_TRACK_GAIN", "-7.20 dB"), ("MUSICBRAINZ_TRACKID", $"{Number:x8}-0000-4000-8000-000000000000"),
    ];

    private static string Safe(string name) => name.Replace('/', '-');
}
