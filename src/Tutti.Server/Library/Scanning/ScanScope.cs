using System.Collections.Immutable;

namespace Tutti.Server.Library.Scanning;

/// <summary>Which part of the music folders a scan walks; of the rest it takes what is known. Immutable.</summary>
public sealed class ScanScope
{
    // Beyond so many folders a whole walk costs no more.
    private const int MaxDirectories = 1_000;
    private readonly ImmutableHashSet<(string Root, string Directory)> _alone;
    private readonly ImmutableHashSet<(string Root, string Directory)> _whole;

    private ScanScope(bool isEverything, ImmutableHashSet<(string Root, string Directory)> alone, ImmutableHashSet<(string Root, string Directory)> whole) =>
        (IsEverything, _alone, _whole) = (isEverything, alone, whole);

    public static ScanScope Everything { get; } = new(true, [], []);

    public static ScanScope Nothing { get; } = new(false, [], []);

    public bool IsEverything { get; }

    /// <summary>The directories to walk, each with whether those below it are walked too; not for <see cref="Everything"/>.</summary>
    public IEnumerable<(string Root, string Directory, bool Below)> Directories =>
        _whole.Where(place => !Covers(place.Root, LibraryTrack.DirectoryOf(place.Directory))).Select(static place => (place.Root, place.Directory, true))
            .Concat(_alone.Where(place => !Covers(place.Root, place.Directory)).Select(static place => (place.Root, place.Directory, false)));

    /// <summary>Something changed at a place: its directory, and, where it is or was a directory itself, all below it.</summary>
    /// <param name="root">A music folder, absolute.</param>
    /// <param name="place">Within it, parted by <c>/</c>; empty for itself.</param>
    /// <param name="isFile">Whether a file is there now.</param>
    public ScanScope With(string root, string place, bool isFile)
    {
        if (IsEverything || place.Split('/').Any(static part => part.StartsWith('.')))
        {
            return this;
        }

        if (place.Length == 0)
        {
            return Everything;
        }

        var next = new ScanScope(false, _alone.Add((root, LibraryTrack.DirectoryOf(place))), isFile ? _whole : _whole.Add((root, place)));
        return next._alone.Count + next._whole.Count > MaxDirectories ? Everything : next;
    }

    public ScanScope With(ScanScope other) =>
        IsEverything || other.IsEverything ? Everything : new(false, _alone.Union(other._alone), _whole.Union(other._whole));

    /// <summary>Whether what lies directly in a directory is walked.</summary>
    public bool Has(string root, string directory) => IsEverything || _alone.Contains((root, directory)) || Covers(root, directory);

    private bool Covers(string root, string directory)
    {
        for (var at = directory; ; at = LibraryTrack.DirectoryOf(at))
        {
            if (_whole.Contains((root, at)))
            {
                return true;
            }

            if (at.Length == 0)
            {
                return false;
            }
        }
    }
}
