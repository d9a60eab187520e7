using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tutti.Server.Library;
using Tutti.Server.Library.Reading;
using Tutti.Server.Library.Uploads;
using Tutti.Server.Storage;
using Tutti.Server.Storage.Library;
using Tutti.Server.Storage.Sqlite;

namespace Tutti.Server.Tests.Library;

/// <summary>Files from outside: in pieces, checked before they are seen, with names that do no harm.</summary>
public sealed class UploadTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly SqliteDatabase _database;
    private readonly MusicLibrary _library;
    private readonly TagReaders _readers;

    public UploadTests()
    {
        var data = new DataFolder(_folder.Path);
        var options = Options.Create(new LibraryOptions());
        _database = new SqliteDatabase(data, NullLogger<Database>.Instance);
        _library = new MusicLibrary(new TrackStore(_database), options, data);
        _readers = new TagReaders(new FfprobeReader(options, TimeProvider.System), options, TimeProvider.System, NullLogger<TagReaders>.Instance);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _readers.Dispose();
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_file_in_pieces_is_seen_once_it_is_whole_and_sound()
    {
        var song = await SongAsync();
        string id;
        using (var before = Desk())
        {
            id = await OpenAsync(before, "C:\\Users\\x\\..\\my: song?.MP3", song.Length);
            Assert.Equal(1_000, Received(await before.AddAsync(id, 0, new MemoryStream(song[..1_000]), Ct)));
            Assert.IsType<UploadOutcome.WrongOffset>(await before.AddAsync(id, 5, new MemoryStream(song[5..]), Ct));
            Assert.Equal(2_000, Received(await before.AddAsync(id, 1_000, new BreakingStream(song[1_000..2_000]), Ct)));
        }
        Assert.False(Directory.Exists(_library.UploadFolder));

        using var desk = Desk();
        Assert.Equal((2_000, UploadState.Receiving), (desk.Find(id)!.ReceivedBytes, desk.Find(id)!.State));
        var whole = ((UploadOutcome.Done)await desk.AddAsync(id, 2_000, new MemoryStream(song[2_000..]), Ct)).Upload;
        Assert.Equal((UploadState.Accepted, "Ann-Ben/Our Album/my- song.flac"), (whole.State, whole.Path));
        Assert.Equal(song, await File.ReadAllBytesAsync(Path.Combine(_library.UploadFolder, whole.Path), Ct));
        Assert.Empty(desk.Open());

        var again = await OpenAsync(desk, "my: song.flac", song.Length);
        Assert.Equal("Ann-Ben/Our Album/my- song (2).flac", ((UploadOutcome.Done)await desk.AddAsync(again, 0, new MemoryStream(song), Ct)).Upload.Path);
        Assert.Equal(2 * song.Length, desk.UsedBytes());
    }

    [Fact]
    public async Task What_is_no_music_is_refused_and_gone()
    {
        using var desk = Desk();
        var id = await OpenAsync(desk, "noise.mp3", 5_000);
        Assert.IsType<UploadOutcome.NotMusic>(await desk.AddAsync(id, 0, new MemoryStream(new byte[5_000]), Ct));
        Assert.Equal(UploadState.Refused, desk.Find(id)!.State);
        Assert.IsType<UploadOutcome.NotMusic>(await desk.OpenAsync("run.exe", 10, null, Ct));
        Assert.IsType<UploadOutcome.NotFound>(await desk.AddAsync("../../etc/passwd", 0, new MemoryStream(), Ct));
        var long_ = await OpenAsync(desk, "a.mp3", 10);
        Assert.IsType<UploadOutcome.TooLarge>(await desk.AddAsync(long_, 0, new MemoryStream(new byte[11]), Ct));
        var given = await OpenAsync(desk, "a.mp3", 10);
        Assert.True(desk.Cancel(given));
        Assert.False(desk.Cancel(given));
        Assert.Empty(desk.Open());
        Assert.All(Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories), file => Assert.StartsWith("tutti.db", Path.GetFileName(file)));
    }

    [Fact]
    public async Task There_is_room_for_so_much_and_no_more()
    {
        using var desk = Desk(new UploadOptions { MaxFileMegabytes = 2, QuotaMegabytes = 3 });
        Assert.IsType<UploadOutcome.TooLarge>(await desk.OpenAsync("a.mp3", (2 << 20) + 1, null, Ct));
        Assert.IsType<UploadOutcome.TooLarge>(await desk.OpenAsync("a.mp3", 0, null, Ct));
        await OpenAsync(desk, "a.mp3", 2 << 20);
        Assert.Equal(1 << 20, Assert.IsType<UploadOutcome.QuotaFull>(await desk.OpenAsync("b.mp3", (1 << 20) + 1, null, Ct)).FreeBytes);
        await OpenAsync(desk, "b.mp3", 1 << 20);
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\a\\b.mp3", "b.mp3")]
    [InlineData("...hidden", "hidden")]
    [InlineData("a\0b\nc", "abc")]
    [InlineData("con.mp3", "none")]
    [InlineData("...", "none")]
    [InlineData("", "none")]
    [InlineData("nice name.mp3 . ", "nice name.mp3")]
    [InlineData("gpm.\u202Eexe", "gpm.exe")]
    [InlineData("夜 ♫.flac", "夜 ♫.flac")]
    public void Names_do_no_harm(string name, string safe) => Assert.Equal(safe, SafeNames.OfFile(name, "none"));

    [Fact]
    public void Long_names_are_cut_between_letters() => Assert.True(System.Text.Encoding.UTF8.GetByteCount(SafeNames.Of(string.Concat(Enumerable.Repeat("🎵", 500)), "x")) is > 100 and <= 150);

    private UploadDesk Desk(UploadOptions? options = null)
    {
        var settings = Options.Create(options ?? new UploadOptions());
        return new UploadDesk(
            _library, new UploadCheck(_readers, settings, TimeProvider.System), settings, new DataFolder(_folder.Path), TimeProvider.System, NullLogger<UploadDesk>.Instance);
    }

    private static async Task<string> OpenAsync(UploadDesk desk, string name, long bytes) => Assert.IsType<UploadOutcome.Done>(await desk.OpenAsync(name, bytes, null, Ct)).Upload.Id;

    private static long Received(UploadOutcome outcome) => Assert.IsType<UploadOutcome.Done>(outcome).Upload.ReceivedBytes;

    private static Task<byte[]> SongAsync() => Media.Ffmpeg.RunAsync(
        "-v", "error", "-f", "lavfi", "-i", "sine=d=1", "-metadata", "artist=Ann/Ben", "-metadata", "album=Our Album", "-f", "flac", "pipe:1");

    /// <summary>Gives its bytes, then breaks like a line that is cut.</summary>
    private sealed class BreakingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position == Length ? throw new IOException("cut") : base.ReadAsync(buffer, cancellationToken);
    }
}
