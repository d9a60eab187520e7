namespace Tutti.Server.Library.Grouping;

/// <summary>One track as its album sees it.</summary>
/// <param name="MainArtist">The first of the track's artists.</param>
/// <param name="CoverHash">Empty without a cover.</param>
public sealed record AlbumTrack(
    string Title, string Album, string AlbumArtist, string MainArtist, int? DiscNumber, int? TrackNumber, int? Year, string Genre, bool Compilation,
    long DurationMicros, string CoverHash, long AddedMicros, string ReleaseId);

/// <summary>An album as its tracks make it.</summary>
/// <param name="Artist">The album artist; <see cref="Various"/> where tracks differ; empty when none says.</param>
/// <param name="Year">The one that most tracks have.</param>
/// <param name="AddedMicros">When its newest track came into the library, µs since the Unix epoch.</param>
public sealed record AlbumSummary(
    string Title, string Artist, int? Year, string Genre, bool Compilation, int TrackCount, int DiscCount, long DurationMicros, string CoverHash,
    long AddedMicros, string ReleaseId)
{
    /// <summary>The artist of an album of several.</summary>
    public const string Various = "Various Artists";

    /// <param name="tracks">At least one; in any order.</param>
    public static AlbumSummary Of(IReadOnlyCollection<AlbumTrack> tracks)
    {
        var artist = MostCommon(tracks.Select(track => track.AlbumArtist));
        if (artist.Length == 0)
        {
            artist = tracks.Select(track => FoldedText.Name(track.MainArtist)).Distinct().Count() == 1 ? MostCommon(tracks.Select(track => track.MainArtist)) : Various;
        }
        return new AlbumSummary(
            MostCommon(tracks.Select(track => track.Album)),
            artist,
            MostCommon(tracks.Select(track => track.Year)),
            MostCommon(tracks.Select(track => track.Genre)),
            artist == Various || tracks.Any(track => track.Compilation),
            tracks.Count,
            tracks.Select(track => track.DiscNumber ?? 1).Distinct().Count(),
            tracks.Sum(track => track.DurationMicros),
            MostCommon(tracks.Select(track => track.CoverHash)),
            tracks.Max(track => track.AddedMicros),
            MostCommon(tracks.Select(track => track.ReleaseId)));
    }

    // Absent ones do not vote; of two as common the first by its characters, so that the result does not depend on the order.
    private static string MostCommon(IEnumerable<string> values) => values
        .Where(value => value.Length > 0).GroupBy(value => value, StringComparer.Ordinal)
        .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => group.Key).FirstOrDefault("");

    private static int? MostCommon(IEnumerable<int?> values) => values
        .Where(value => value is not null).GroupBy(value => value)
        .OrderByDescending(group => group.Count()).ThenBy(group => group.Key)
        .Select(group => group.Key).FirstOrDefault();
}
