using System.Security.Cryptography;
using System.Text;

namespace Tutti.Server.Library;

/// <summary>What was kept before this scan, looked up by several files at once.</summary>
internal sealed class KnownPlaces
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LibraryTrack> _byPath;
    private readonly HashSet<string> _ids;
    private readonly List<LibraryTrack> _gone;

    public KnownPlaces(IReadOnlyList<LibraryTrack> known, IEnumerable<string> foundPaths)
    {
        var found = foundPaths.ToHashSet(StringComparer.Ordinal);
        _byPath = known.ToDictionary(track => track.Path, StringComparer.Ordinal);
        _ids = [.. known.Select(track => track.Id)];
        _gone = [.. known.Where(track => !found.Contains(track.Path))];
    }

    public LibraryTrack? At(string path) => _byPath.GetValueOrDefault(path);

    /// <summary>Tracks whose place is empty and that were not found elsewhere.</summary>
    public IReadOnlyList<LibraryTrack> Gone()
    {
        lock (_gate)
        {
            return [.. _gone];
        }
    }

    /// <summary>The track that this file was before it was moved here; each is taken once.</summary>
    public LibraryTrack? TakeMoved(long sizeBytes, long modifiedMicros, ProbeOutcome.Sound sound)
    {
        lock (_gate)
        {
            var index = _gone.FindIndex(track => track.SizeBytes == sizeBytes && track.ModifiedMicros == modifiedMicros
                && track.DurationMicros == sound.DurationMicros && track.Channels == sound.Channels);
            if (index < 0)
            {
                return null;
            }
            var moved = _gone[index];
            _gone.RemoveAt(index);
            return moved;
        }
    }

    /// <summary>An id from the place, so that a lost database gives the same ids again; salted where a moved track still has it.</summary>
    public string NewId(string path)
    {
        lock (_gate)
        {
            for (var salt = 0; ; salt++)
            {
                var hash = SHA256.HashData(Encoding.UTF8.GetBytes(salt == 0 ? path : $"{path}\n{salt}"));
                var id = "t" + Convert.ToHexStringLower(hash.AsSpan(0, 8));
                if (_ids.Add(id))
                {
                    return id;
                }
            }
        }
    }
}
