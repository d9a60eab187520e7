namespace Tutti.Server.Library.Scanning;

/// <summary>
/// The tracks whose files are not where they were, and which of them a new file is. Certain first: the same size and time of change (moved);
/// the same recording by MusicBrainz's id; the same names and length (moved and rewritten); the same file name and length (moved and tagged
/// anew). Where the later rules leave a choice none is taken: a wrong guess would give one song's history to another. Not for several threads.
/// </summary>
public sealed class MoveMatch
{
    private const long RecordingSlackMicros = 2_000_000;

    private readonly HashSet<KnownFile> _gone;
    private readonly ILookup<(long, long, long), KnownFile> _byFile;
    private readonly ILookup<string, KnownFile> _byRecording;
    private readonly ILookup<string, KnownFile> _byNames;
    private readonly ILookup<(string, long), KnownFile> _byFileName;

    public MoveMatch(IEnumerable<KnownFile> gone)
    {
        _gone = [.. gone];
        _byFile = _gone.ToLookup(file => (file.SizeBytes, file.ModifiedMicros, file.DurationMicros));
        _byRecording = _gone.Where(file => file.RecordingId.Length > 0).ToLookup(file => file.RecordingId, StringComparer.Ordinal);
        _byNames = _gone.ToLookup(file => file.Fingerprint, StringComparer.Ordinal);
        _byFileName = _gone.ToLookup(file => (Path.GetFileName(file.Path), file.DurationMicros));
    }

    /// <summary>Those that were not found elsewhere.</summary>
    public IReadOnlyCollection<KnownFile> Gone => _gone;

    /// <summary>What stays when a file is moved and its bytes or times change: names and length.</summary>
    public static string Fingerprint(LibraryTrack track) => string.Join(
        '\u0001', FoldedText.Name(track.Title), FoldedText.Name(track.Artist), FoldedText.Name(track.Album), track.Tags.TrackNumber ?? 0, track.DurationMicros);

    /// <summary>The vanished track that <paramref name="arrived"/> was, each taken once; null when none or several could be.</summary>
    public KnownFile? Take(LibraryTrack arrived)
    {
        if (_gone.Count == 0)
        {
            return null;
        }
        var name = Path.GetFileName(arrived.Path);
        var same = _byFile[(arrived.SizeBytes, arrived.ModifiedMicros, arrived.DurationMicros)].Where(_gone.Contains).ToList();
        var match = same.Find(file => Path.GetFileName(file.Path) == name) ?? same.FirstOrDefault()
            ?? OnlyOne(_byRecording[arrived.Tags.Ids.Recording].Where(file => Math.Abs(file.DurationMicros - arrived.DurationMicros) <= RecordingSlackMicros))
            ?? OnlyOne(_byNames[Fingerprint(arrived)])
            ?? (arrived.DurationMicros > 0 ? OnlyOne(_byFileName[(name, arrived.DurationMicros)]) : null);
        if (match is not null)
        {
            _gone.Remove(match);
        }
        return match;
    }

    private KnownFile? OnlyOne(IEnumerable<KnownFile> matches)
    {
        var two = matches.Where(_gone.Contains).Take(2).ToList();
        return two.Count == 1 ? two[0] : null;
    }
}
