using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tutti.Server.Library;
using Tutti.Server.Library.Reading;
using Tutti.Server.Library.Scanning;
using Tutti.Server.Storage;
using Tutti.Server.Storage.Library;
using Tutti.Server.Storage.Sqlite;

namespace Tutti.Server.Tests.Library;

/// <summary>A real scanner with a music folder and a database of its own.</summary>
public abstract class ScanStage : IAsyncDisposable
{
    private readonly SqliteDatabase _database;
    private readonly TagReaders _readers;
    private readonly LibraryScanner _scanner;

    protected ScanStage()
    {
        var data = new DataFolder(Folder.Within("data", "x"));
        var options = Options.Create(new LibraryOptions { MusicFolder = Path.GetDirectoryName(Folder.Within("music", "x"))!, CoverMaxPixels = 100 });
        _database = new SqliteDatabase(data, NullLogger<Database>.Instance);
        var tracks = new TrackStore(_database);
        var store = new ScanStore(_database);
        Catalog = new CatalogStore(_database);
        _readers = new TagReaders(new FfprobeReader(options, TimeProvider.System), options, TimeProvider.System, NullLogger<TagReaders>.Instance);
        Reader = new CountingReader(_readers);
        Shelf = new MusicLibrary(tracks, options, data);
        Covers = new CoverPictures(tracks, options, data, TimeProvider.System, NullLogger<CoverPictures>.Instance);
        _scanner = new LibraryScanner(
            store, Reader, new CoverCleaning(store, Covers), options, TimeProvider.System, NullLogger<LibraryScanner>.Instance);
    }

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected TestFolder Folder { get; } = new();

    protected MusicLibrary Shelf { get; }

    protected CatalogStore Catalog { get; }

    protected CoverPictures Covers { get; }

    private protected CountingReader Reader { get; }

    protected string Root => Shelf.Folders[0].Root;

    public ValueTask DisposeAsync()
    {
        Covers.Dispose();
        _readers.Dispose();
        _database.Dispose();
        Folder.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected string Music(params string[] names) => Folder.Within(["music", .. names]);

    protected async Task MakeAsync(string path, params string[] options)
    {
        _ = Music(path.Split('/'));
        await Media.Ffmpeg.MakeAsync(Music(path.Split('/')), "sine=d=1", options);
    }

    protected Task<ScanProgress> ScanAsync() => _scanner.ScanAsync(Shelf.Folders, Shelf.Report, Ct);

    protected Task<ScanProgress> ScanAsync(ScanScope scope) => _scanner.ScanAsync(Shelf.Folders, scope, Shelf.Report, Ct);

    protected Task<ScanProgress> ScanAsync(IReadOnlyList<MusicFolder> folders, ScanScope scope) => _scanner.ScanAsync(folders, scope, Shelf.Report, Ct);

    protected Task<Page<LibraryTrack>> ListAsync(TrackQuery? query = null) => Catalog.TracksAsync(query ?? new TrackQuery(), PageRange.First, Ct);

    protected async Task<LibraryTrack> SingleAsync() => (await ListAsync()).Items.Single();

    private protected sealed class CountingReader(ITagReader inner) : ITagReader
    {
        private int _count;

        public int Count => _count;

        public Task<FileReading> ReadAsync(string path, CancellationToken ct)
        {
            Interlocked.Increment(ref _count);
            return inner.ReadAsync(path, ct);
        }

        public Task<IReadOnlyList<FileReading>> ReadAsync(IReadOnlyList<string> paths, CancellationToken ct)
        {
            Interlocked.Add(ref _count, paths.Count);
            return inner.ReadAsync(paths, ct);
        }

        public void Rest() => inner.Rest();
    }
}
