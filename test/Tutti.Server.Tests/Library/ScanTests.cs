using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tutti.Server.Library;
using Tutti.Server.Library.Reading;
using Tutti.Server.Library.Scanning;
using Tutti.Server.Storage;
using Tutti.Server.Storage.Library;
using Tutti.Server.Storage.Sqlite;
using Tutti.Server.Tests.Media;

namespace Tutti.Server.Tests.Library;

/// <summary>The scanner on real folders with real files.</summary>
public sealed class ScanTests : IAsyncDisposable
{
    private readonly TestFolder _folder = new();
    private readonly SqliteDatabase _database;
    private readonly MusicLibrary _library;
    private readonly CatalogStore _catalog;
    private readonly LibraryScanner _scanner;
    private readonly CoverPictures _covers;
    private readonly TagReaders _readers;
    private readonly CountingReader _reader;

    public ScanTests()
    {
        var data = new DataFolder(_folder.Within("data", "x"));
        var options = Options.Create(new LibraryOptions { MusicFolder = Path.GetDirectoryName(_folder.Within("music", "x"))!, CoverMaxPixels = 100 });
        _database = new SqliteDatabase(data, NullLogger<Database>.Instance);
        var tracks = new TrackStore(_database);
        var store = new ScanStore(_database);
        _catalog = new CatalogStore(_database);
        _readers = new TagReaders(new FfprobeReader(options, TimeProvider.System), options, TimeProvider.System, NullLogger<TagReaders>.Instance);
        _reader = new CountingReader(_readers);
        _library = new MusicLibrary(tracks, options, data);
        _covers = new CoverPictures(tracks, options, data, TimeProvider.System, NullLogger<CoverPictures>.Instance);
        _scanner = new LibraryScanner(
            store, _reader, new CoverCleaning(store, _covers), options, TimeProvider.System, NullLogger<LibraryScanner>.Instance);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        _covers.Dispose();
        _readers.Dispose();
        _database.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Tags_names_and_lengths_are_read_and_sorted()
    {
        await MakeAsync("b.mp3", "-metadata", "title=Été", "-metadata", "artist=Björk", "-metadata", "album=Home", "-metadata", "track=2/9");
        await MakeAsync("a.ogg", "-metadata", "title=Zwei", "-metadata", "artist=björk", "-metadata", "album=Home", "-metadata", "track=1", "-metadata", "date=1997-09-22");
        await MakeAsync("Ночь/夜 ♫/07 - Ä song.flac");
        var end = await ScanAsync();
        Assert.Equal((3, 3, 0, 0, false), (end.Found, end.Done, end.Skipped, end.Missing, end.Running));
        var tracks = (await ListAsync()).Items;
        Assert.Equal(["Zwei", "Été", "Ä song"], tracks.Select(track => track.Title));
        Assert.Equal((1997, 1, "Home"), (tracks[0].Tags.Year, tracks[0].Tags.TrackNumber, tracks[0].Album));
        Assert.Equal(("Ночь", "夜 ♫", 7), (tracks[2].Artist, tracks[2].Album, tracks[2].Tags.TrackNumber));
        Assert.All(tracks, track => Assert.InRange(track.DurationMicros, 990_000, 1_100_000));
        Assert.All(tracks, track => Assert.Equal(1, track.Channels));
    }

    [Fact]
    public async Task Search_minds_neither_accents_nor_case_and_pages_are_stable()
    {
        for (var n = 1; n <= 5; n++)
        {
            await MakeAsync($"{n}.flac", "-metadata", $"title=Été {n}", "-metadata", "artist=Sigur Rós");
        }
        await MakeAsync("other.flac", "-metadata", "title=Other");
        await ScanAsync();
        var page = await _catalog.TracksAsync(new TrackQuery("ROS ete"), new PageRange(2, 2), Ct);
        Assert.Equal(5, page.Total);
        Assert.Equal(["Été 3", "Été 4"], page.Items.Select(track => track.Title));
        Assert.Equal(0, (await ListAsync(new TrackQuery("ete nothing"))).Total);
        Assert.Equal(6, (await ListAsync(new TrackQuery(" '%_ "))).Total);
    }

    [Fact]
    public async Task What_cannot_be_read_is_listed_with_its_reason_and_tried_again()
    {
        await MakeAsync("good.flac");
        await File.WriteAllTextAsync(Music("text.mp3"), "not music", Ct);
        await File.WriteAllBytesAsync(Music("empty.ogg"), [], Ct);
        await File.WriteAllTextAsync(Music("notes.txt"), "passed over", Ct);
        var end = await ScanAsync();
        Assert.Equal((3, 2), (end.Found, end.Skipped));
        var bad = (await ListAsync(new TrackQuery(State: TrackState.Unreadable))).Items;
        Assert.Equal(["empty", "text"], bad.Select(track => track.Title));
        Assert.Equal("the file is empty", bad[0].Reason);
        Assert.NotEmpty(bad[1].Reason);
        Assert.Equal(1, (await ListAsync()).Total);

        var id = bad[1].Id;
        File.Copy(Music("good.flac"), Music("text.mp3"), overwrite: true);
        await ScanAsync();
        Assert.Equal(TrackState.Playable, (await _library.FindAsync(id, Ct))!.State);
    }

    [Fact]
    public async Task A_second_scan_opens_nothing_and_a_changed_file_keeps_its_id()
    {
        await MakeAsync("a.flac", "-metadata", "title=Before");
        await ScanAsync();
        var track = await SingleAsync();
        await ScanAsync();
        Assert.Equal(1, _reader.Count);
        await MakeAsync("a.flac", "-metadata", "title=After, and longer");
        await ScanAsync();
        Assert.Equal((track.Id, "After, and longer"), ((await SingleAsync()).Id, (await SingleAsync()).Title));
    }

    [Fact]
    public async Task What_vanishes_is_missing_and_comes_back_as_itself()
    {
        await MakeAsync("a.flac");
        await ScanAsync();
        var track = await SingleAsync();
        File.Move(Music("a.flac"), _folder.Within("away.flac"));
        Assert.Equal(1, (await ScanAsync()).Missing);
        Assert.Equal(TrackState.Missing, (await _library.FindAsync(track.Id, Ct))!.State);
        Assert.Equal(0, (await ListAsync()).Total);
        File.Move(_folder.Within("away.flac"), Music("a.flac"));
        await ScanAsync();
        Assert.Equal((track.Id, track.AddedMicros), ((await SingleAsync()).Id, (await SingleAsync()).AddedMicros));
    }

    [Fact]
    public async Task Only_a_scan_that_changed_something_says_so()
    {
        await MakeAsync("a.flac", "-metadata", "title=Mine");
        await ScanAsync();
        var changes = _library.Changes;
        await ScanAsync();
        Assert.Equal(changes, _library.Changes);
        File.Move(Music("a.flac"), Music("b.flac"));
        await ScanAsync();
        Assert.Equal(changes + 1, _library.Changes);
        File.Move(Music("b.flac"), _folder.Within("away.flac"));
        await ScanAsync();
        Assert.Equal(changes + 2, _library.Changes);
        await ScanAsync();
        Assert.Equal(changes + 2, _library.Changes);
    }

    [Fact]
    public async Task A_moved_file_keeps_its_id_and_its_old_place_can_be_taken()
    {
        await MakeAsync("a.flac", "-metadata", "title=Moved");
        await ScanAsync();
        var id = (await SingleAsync()).Id;
        File.Move(Music("a.flac"), Music("new", "b.flac"));
        await ScanAsync();
        Assert.Equal((id, "new/b.flac"), ((await SingleAsync()).Id, (await SingleAsync()).Path));

        await MakeAsync("a.flac", "-metadata", "title=Newcomer");
        await ScanAsync();
        var newcomer = (await ListAsync(new TrackQuery("newcomer"))).Items.Single();
        Assert.NotEqual(id, newcomer.Id);
        Assert.Equal("a.flac", newcomer.Path);
    }

    [Fact]
    public async Task Links_in_a_circle_end_and_nothing_is_written_to_the_music_folder()
    {
        await MakeAsync("album/a.flac");
        Directory.CreateSymbolicLink(Music("album", "again"), Path.GetDirectoryName(Music("album", "x"))!);
        Directory.CreateSymbolicLink(Music("album", "up"), Root);
        File.CreateSymbolicLink(Music("dangling.flac"), Music("nowhere.flac"));
        var before = Directory.GetFileSystemEntries(Root);
        var end = await ScanAsync();
        Assert.Equal(1, (await ListAsync()).Total);
        Assert.False(end.Running);
        Assert.Equal(before, Directory.GetFileSystemEntries(Root));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_marks_nothing_missing()
    {
        await MakeAsync("a.flac");
        await ScanAsync();
        Directory.Move(Root, Root + "-away");
        Assert.Contains("is not there", (await ScanAsync()).Problem);
        Assert.Equal(1, (await ListAsync()).Total);
    }

    [Fact]
    public async Task Covers_come_from_the_file_or_its_folder_no_larger_than_allowed()
    {
        var picture = _folder.Within("cover.png");
        await Media.Ffmpeg.MakeAsync(picture, "color=red:s=300x200", "-frames:v", "1");
        await Media.Ffmpeg.RunAsync(
            "-v", "error", "-f", "lavfi", "-i", "sine=d=1", "-i", picture, "-map", "0", "-map", "1", "-c:v", "copy", "-disposition:v", "attached_pic",
            "-metadata", "title=Embedded", Music("one", "a.flac"));
        await MakeAsync("two/b.flac", "-metadata", "title=Beside");
        await MakeAsync("three/c.flac", "-metadata", "title=Bare");
        File.Copy(picture, Music("two", "Folder.PNG"));
        await ScanAsync();
        var tracks = (await ListAsync()).Items.ToDictionary(track => track.Title);
        foreach (var title in new[] { "Embedded", "Beside" })
        {
            var cover = await _covers.FindAsync(tracks[title].Cover.Hash, null, Ct);
            Assert.Equal("image/jpeg", cover!.ContentType);
            var pixels = await Media.Ffmpeg.RunAsync("-v", "error", "-i", cover.Path, "-f", "rawvideo", "-pix_fmt", "gray", "pipe:1");
            Assert.InRange(pixels.Length, 100 * 66, 100 * 67);
            Assert.Equal(cover, await _covers.FindAsync(tracks[title].Cover.Hash, null, Ct));
        }
        Assert.Equal(TrackCover.None, tracks["Bare"].Cover);
        Assert.Null(await _covers.FindAsync("unknown", null, Ct));
        Assert.Null(await _covers.FindAsync(new string('0', 32), null, Ct));
    }

    private string Music(params string[] names) => _folder.Within(["music", .. names]);

    private async Task MakeAsync(string path, params string[] options)
    {
        _ = Music(path.Split('/'));
        await Media.Ffmpeg.MakeAsync(Music(path.Split('/')), "sine=d=1", options);
    }

    private string Root => _library.Folders[0].Root;

    private Task<ScanProgress> ScanAsync() => _scanner.ScanAsync(_library.Folders, _library.Report, Ct);

    private Task<Page<LibraryTrack>> ListAsync(TrackQuery? query = null) => _catalog.TracksAsync(query ?? new TrackQuery(), PageRange.First, Ct);

    private async Task<LibraryTrack> SingleAsync() => (await ListAsync()).Items.Single();

    private sealed class CountingReader(ITagReader inner) : ITagReader
    {
        private int _count;

        public int Count => _count;

        public Task<FileReading> ReadAsync(string path, CancellationToken ct)
        {
            Interlocked.Increment(ref _count);
            return inner.ReadAsync(path, ct);
        }

        public void Rest() => inner.Rest();
    }
}
