using System.Globalization;
using Microsoft.Extensions.Options;

namespace Tutti.Server.Media;

/// <summary>
/// Cut sounds on disk: a folder each, a file a segment, and an index with the length, written last. A sound without an index is one that
/// a crash left half cut: it is removed at start and cut again, to the same bytes. Beyond the size cap the sounds not asked for longest
/// make room, never one that is being cut; a segment that is being read stays readable, for its file is open.
/// </summary>
public sealed partial class SegmentCache(DataFolder data, IOptions<MediaOptions> options, TimeProvider clock, ILogger<SegmentCache> logger)
{
    private const string IndexName = "index";
    private const string PeaksName = "peaks";
    private static readonly TimeSpan s_touchInterval = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, CachedSound> _sounds = [];
    private readonly LinkedList<CachedSound> _oldestFirst = [];
    private readonly string _folder = data.Within("media");
    private long _bytes;
    private bool _loaded;

    /// <summary>Bytes of all segments.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                Load();
                return _bytes;
            }
        }
    }

    /// <summary>Length of a sound that is here to its end; null when it is not.</summary>
    public long? CompleteSamples(MediaKey key)
    {
        lock (_gate)
        {
            return Find(key)?.Samples;
        }
    }

    /// <summary>Opens a segment and marks its sound as asked for; null when it is not here.</summary>
    public FileStream? Open(MediaKey key, int segment) => Open(key, SegmentPath(key, segment));

    /// <summary>Opens a segment's thin copy; null when it was not made.</summary>
    public FileStream? OpenThin(MediaKey key, int segment) => Open(key, ThinPath(key, segment));

    /// <summary>Opens the outline of a sound that is here to its end; null when it is not.</summary>
    public FileStream? OpenPeaks(MediaKey key) => CompleteSamples(key) is null ? null : Open(key, Path.Combine(SoundFolder(key), PeaksName));

    /// <summary>Makes ready for cutting; the sound is not removed before <see cref="Complete"/> or <see cref="Abandon"/>.</summary>
    /// <exception cref="IOException">The folder can't be made.</exception>
    public void Begin(MediaKey key)
    {
        lock (_gate)
        {
            Load();
            if (Find(key) is { } stale)
            {
                Remove(stale);
            }
            Directory.CreateDirectory(SoundFolder(key));
            var sound = new CachedSound(key.ToString()) { Cutting = true };
            _sounds.Add(sound.Name, sound);
            sound.Place = _oldestFirst.AddLast(sound);
        }
    }

    /// <summary>Writes one segment, whole or not at all.</summary>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public void Write(MediaKey key, int segment, ReadOnlySpan<byte> flac)
    {
        WriteWhole(SegmentPath(key, segment), flac);
        lock (_gate)
        {
            if (Find(key) is { } sound)
            {
                sound.Bytes += flac.Length;
                _bytes += flac.Length;
            }
            MakeRoom();
        }
    }

    /// <summary>Writes a segment's thin copy, whole or not at all; nothing when the sound has been evicted meanwhile.</summary>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public void WriteThin(MediaKey key, int segment, ReadOnlySpan<byte> opus)
    {
        lock (_gate)
        {
            if (Find(key) is not { } sound)
            {
                return;
            }
            WriteWhole(ThinPath(key, segment), opus);
            sound.ThinBytes += opus.Length;
            _bytes += opus.Length;
            MakeRoom();
        }
    }

    /// <summary>Ends cutting: the sound is here to its end.</summary>
    public void Complete(MediaKey key, long samples, ReadOnlySpan<byte> peaks)
    {
        lock (_gate)
        {
            if (Find(key) is not { } sound)
            {
                return;
            }
            WriteWhole(Path.Combine(SoundFolder(key), PeaksName), peaks);
            WriteWhole(Path.Combine(SoundFolder(key), IndexName), System.Text.Encoding.ASCII.GetBytes($"{samples} {sound.Bytes}"));
            sound.Samples = samples;
            sound.Cutting = false;
            Use(sound);
            MakeRoom();
        }
    }

    /// <summary>Ends cutting that did not come to the sound's end; what there is of it goes.</summary>
    public void Abandon(MediaKey key)
    {
        lock (_gate)
        {
            if (Find(key) is { Cutting: true } sound)
            {
                Remove(sound);
            }
        }
    }

    private FileStream? Open(MediaKey key, string path)
    {
        lock (_gate)
        {
            if (Find(key) is not { } sound)
            {
                return null;
            }
            Use(sound);
        }
        try
        {
            return new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (IOException error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private CachedSound? Find(MediaKey key)
    {
        Load();
        return _sounds.GetValueOrDefault(key.ToString());
    }

    private void Use(CachedSound sound)
    {
        if (sound.Place!.Next is not null)
        {
            _oldestFirst.Remove(sound.Place);
            _oldestFirst.AddLast(sound.Place);
        }
        // The order outlives the process in the time of the index file.
        if (sound.Samples is not null && (sound.Touched is not { } touched || clock.GetElapsedTime(touched) > s_touchInterval))
        {
            sound.Touched = clock.GetTimestamp();
            Quietly(() => File.SetLastWriteTimeUtc(Path.Combine(_folder, sound.Name, IndexName), clock.GetUtcNow().UtcDateTime), sound.Name);
        }
    }

    private void MakeRoom()
    {
        var cap = options.Value.CacheMegabytes * 1_048_576L;
        for (var place = _oldestFirst.First; _bytes > cap && place is { Next: not null };)
        {
            var sound = place.Value;
            place = place.Next;
            if (!sound.Cutting)
            {
                LogEvicted(sound.Name, sound.Bytes);
                Remove(sound);
            }
        }
    }

    private void Remove(CachedSound sound)
    {
        _sounds.Remove(sound.Name);
        _oldestFirst.Remove(sound.Place!);
        _bytes -= sound.Bytes + sound.ThinBytes;
        // Gone under its name at once; if deleting fails midway, the next start finds no index and goes on with it.
        var trash = Path.Combine(_folder, $"{sound.Name}.{Guid.NewGuid():N}.gone");
        Quietly(
            () =>
            {
                Directory.Move(Path.Combine(_folder, sound.Name), trash);
                File.Delete(Path.Combine(trash, IndexName));
                Directory.Delete(trash, recursive: true);
            },
            sound.Name);
    }

    private void Load()
    {
        if (_loaded)
        {
            return;
        }
        _loaded = true;
        var found = new List<(CachedSound Sound, DateTime Used)>();
        foreach (var folder in Directory.CreateDirectory(_folder).EnumerateDirectories())
        {
            if (MediaKey.TryParse(folder.Name, out _) && ReadIndex(folder) is { } sound)
            {
                found.Add((sound, File.GetLastWriteTimeUtc(Path.Combine(folder.FullName, IndexName))));
            }
            else
            {
                Quietly(() => folder.Delete(recursive: true), folder.Name);
            }
        }
        foreach (var (sound, _) in found.OrderBy(entry => entry.Used))
        {
            _sounds.Add(sound.Name, sound);
            sound.Place = _oldestFirst.AddLast(sound);
            _bytes += sound.Bytes + sound.ThinBytes;
        }
        MakeRoom();
    }

    // Null when anything is missing or shorter than it was written, as after a power cut.
    private static CachedSound? ReadIndex(DirectoryInfo folder)
    {
        try
        {
            var index = File.ReadAllText(Path.Combine(folder.FullName, IndexName)).Split(' ');
            var samples = long.Parse(index[0], CultureInfo.InvariantCulture);
            var bytes = long.Parse(index[1], CultureInfo.InvariantCulture);
            var segments = folder.GetFiles("*.flac");
            return segments.Length == SegmentFormat.SegmentCount(samples) && segments.Sum(segment => segment.Length) == bytes
                && File.Exists(Path.Combine(folder.FullName, PeaksName))
                ? new CachedSound(folder.Name) { Samples = samples, Bytes = bytes, ThinBytes = folder.GetFiles("*.opus").Sum(thin => thin.Length) }
                : null;
        }
        catch (Exception error) when (error is IOException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static void WriteWhole(string path, ReadOnlySpan<byte> content)
    {
        var temporary = path + ".tmp";
        File.WriteAllBytes(temporary, content);
        File.Move(temporary, path, overwrite: true);
    }

    // Tidying must not fail a listener; what stays behind is found at the next start.
    private void Quietly(Action tidy, string name)
    {
        try
        {
            tidy();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogNotTidied(error, name);
        }
    }

    private string SoundFolder(MediaKey key) => Path.Combine(_folder, key.ToString());

    private string ThinPath(MediaKey key, int segment) => Path.ChangeExtension(SegmentPath(key, segment), ".opus");

    private string SegmentPath(MediaKey key, int segment) => Path.Combine(SoundFolder(key), segment.ToString("D6", CultureInfo.InvariantCulture) + ".flac");

    [LoggerMessage(Level = LogLevel.Debug, Message = "Evicted {Sound} ({Bytes} bytes)")]
    private partial void LogEvicted(string sound, long bytes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The cache could not be tidied at {Sound}")]
    private partial void LogNotTidied(Exception error, string sound);

    private sealed class CachedSound(string name)
    {
        public string Name => name;

        public long? Samples { get; set; }

        public long Bytes { get; set; }

        public long ThinBytes { get; set; }

        public bool Cutting { get; set; }

        public long? Touched { get; set; }

        public LinkedListNode<CachedSound>? Place { get; set; }
    }
}
