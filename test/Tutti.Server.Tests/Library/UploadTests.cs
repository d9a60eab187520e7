using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tutti.Server.Library;
using Tutti.Server.Library.Grouping;
using Tutti.Server.Library.Reading;
using Tutti.Server.Library.Tags;
using Tutti.Server.Library.Uploads;
using Tutti.Server.Storage;
using Tutti.Server.Storage.Library;
using Tutti.Server.Storage.Sqlite;
using Tutti.Server.Tests.Rooms;

namespace Tutti.Server.Tests.Library;

/// <summary>Files from outside: in pieces, checked before they are seen, with names that do no harm.</summary>
public sealed class UploadTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private static readonly Uploader s_ann = new("ann", Administrates: true);
    private static readonly Uploader s_bob = new("bob", Administrates: false);
    private static readonly Uploader s_cleo = new("cleo", Administrates: false);
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
            Assert.Equal(1_000, Received(await before.AddAsync(s_bob, id, 0, new MemoryStream(song[..1_000]), Ct)));
            Assert.IsType<UploadOutcome.WrongOffset>(await before.AddAsync(s_bob, id, 5, new MemoryStream(song[5..]), Ct));
            Assert.Equal(2_000, Received(await before.AddAsync(s_bob, id, 1_000, new BreakingStream(song[1_000..2_000]), Ct)));
        }
        Assert.False(Directory.Exists(_library.UploadFolder));

        using var desk = Desk();
        Assert.Equal((2_000, UploadState.Receiving), (desk.Find(id, s_bob)!.ReceivedBytes, desk.Find(id, s_bob)!.State));
        var whole = ((UploadOutcome.Done)await desk.AddAsync(s_bob, id, 2_000, new MemoryStream(song[2_000..]), Ct)).Upload;
        Assert.Equal((UploadState.Accepted, "Ann-Ben/Our Album/my- song.flac"), (whole.State, whole.Path));
        Assert.Equal(song, await File.ReadAllBytesAsync(Path.Combine(_library.UploadFolder, whole.Path), Ct));
        Assert.Empty((await desk.StandingAsync(s_bob, Ct)).UnderWay);

        var again = await OpenAsync(desk, "my: song.flac", song.Length);
        Assert.Equal("Ann-Ben/Our Album/my- song (2).flac", ((UploadOutcome.Done)await desk.AddAsync(s_bob, again, 0, new MemoryStream(song), Ct)).Upload.Path);
        Assert.Equal(2 * song.Length, (await desk.StandingAsync(s_cleo, Ct)).UsedBytes);
    }

    [Fact]
    public async Task What_is_no_music_is_refused_and_gone()
    {
        using var desk = Desk();
        var id = await OpenAsync(desk, "noise.mp3", 5_000);
        Assert.IsType<UploadOutcome.NotMusic>(await desk.AddAsync(s_bob, id, 0, new MemoryStream(new byte[5_000]), Ct));
        Assert.Equal(UploadState.Refused, desk.Find(id, s_bob)!.State);
        Assert.IsType<UploadOutcome.NotMusic>(await desk.OpenAsync(s_bob, "run.exe", 10, null, Ct));
        Assert.IsType<UploadOutcome.NotFound>(await desk.AddAsync(s_bob, "../../etc/passwd", 0, new MemoryStream(), Ct));
        var long_ = await OpenAsync(desk, "a.mp3", 10);
        Assert.IsType<UploadOutcome.TooLarge>(await desk.AddAsync(s_bob, long_, 0, new MemoryStream(new byte[11]), Ct));
        var given = await OpenAsync(desk, "a.mp3", 10);
        Assert.True(await desk.CancelAsync(given, s_bob, Ct));
        Assert.False(await desk.CancelAsync(given, s_bob, Ct));
        Assert.Empty((await desk.StandingAsync(s_bob, Ct)).UnderWay);
        Assert.All(Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories), file => Assert.StartsWith("tutti.db", Path.GetFileName(file)));
    }

    /// <summary>What says in its header that it is music, and holds none.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(10_000)]
    public async Task A_header_with_no_sound_behind_it_is_no_music(int rubbishBytes)
    {
        var song = await SongAsync();
        var header = 4;
        for (var isLast = false; !isLast;)
        {
            isLast = (song[header] & 0x80) != 0;
            header += 4 + ((song[header + 1] << 16) | (song[header + 2] << 8) | song[header + 3]);
        }

        byte[] hollow = [.. song[..header], .. Enumerable.Range(0, rubbishBytes).Select(static n => (byte)n)];
        using var desk = Desk();
        var id = await OpenAsync(desk, "hollow.flac", hollow.Length);
        Assert.IsType<UploadOutcome.NotMusic>(await desk.AddAsync(s_bob, id, 0, new MemoryStream(hollow), Ct));
        Assert.False(Directory.Exists(_library.UploadFolder));
    }

    [Fact]
    public async Task A_disk_that_is_full_is_told_and_not_taken_for_a_line_that_broke()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "there is no device that is always full");
        using var desk = Desk();
        var id = await OpenAsync(desk, "a.mp3", 200_000);
        var content = Directory.GetFiles(_folder.Path, $"{id}.part", SearchOption.AllDirectories).Single();
        File.Delete(content);
        File.CreateSymbolicLink(content, "/dev/full");
        var at = desk.Find(id, s_bob)!.ReceivedBytes;
        await Assert.ThrowsAnyAsync<IOException>(() => desk.AddAsync(s_bob, id, at, new MemoryStream(new byte[200_000]), Ct));
    }

    [Fact]
    public async Task What_is_given_up_while_it_is_being_received_is_gone_at_once()
    {
        using var desk = Desk();
        var id = await OpenAsync(desk, "a.mp3", 1_000_000);
        var line = new System.IO.Pipelines.Pipe();
        var receiving = desk.AddAsync(s_bob, id, 0, line.Reader.AsStream(), Ct);
        Assert.False(await desk.CancelAsync(id, s_cleo, Ct));
        Assert.False(receiving.IsCompleted);
        Assert.True(await desk.CancelAsync(id, s_bob, Ct));
        Assert.IsType<UploadOutcome.NotFound>(await receiving);
        Assert.Equal(0, (await desk.StandingAsync(s_bob, Ct)).AccountUsedBytes);
        Assert.False(await desk.CancelAsync(id, s_bob, Ct));
    }

    [Fact]
    public async Task There_is_room_for_so_much_and_no_more()
    {
        using var desk = Desk(new UploadOptions { MaxFileMegabytes = 2, QuotaMegabytes = 3 });
        Assert.IsType<UploadOutcome.TooLarge>(await desk.OpenAsync(s_bob, "a.mp3", (2 << 20) + 1, null, Ct));
        Assert.IsType<UploadOutcome.TooLarge>(await desk.OpenAsync(s_bob, "a.mp3", 0, null, Ct));
        await OpenAsync(desk, "a.mp3", 2 << 20);
        Assert.Equal(1 << 20, Assert.IsType<UploadOutcome.QuotaFull>(await desk.OpenAsync(s_cleo, "b.mp3", (1 << 20) + 1, null, Ct)).FreeBytes);
        await OpenAsync(desk, "b.mp3", 1 << 20, s_cleo);
    }

    [Fact]
    public async Task An_account_has_no_more_than_so_many_under_way()
    {
        using var desk = Desk(new UploadOptions());
        var ids = new List<string>();
        for (var n = 0; n < 200; n++)
        {
            ids.Add(await OpenAsync(desk, $"{n}.mp3", 1));
        }

        Assert.Equal(200, Assert.IsType<UploadOutcome.TooManyUnderWay>(await desk.OpenAsync(s_bob, "more.mp3", 1, null, Ct)).Most);
        await OpenAsync(desk, "another's.mp3", 1, s_cleo);
        Assert.True(await desk.CancelAsync(ids[0], s_bob, Ct));
        await OpenAsync(desk, "more.mp3", 1);
    }

    [Fact]
    public async Task An_account_has_its_own_room_and_nobody_elses()
    {
        using var desk = Desk(new UploadOptions { AccountQuotaMegabytes = 3 });
        await OpenAsync(desk, "a.mp3", 2 << 20);
        var refused = Assert.IsType<UploadOutcome.AccountQuotaFull>(await desk.OpenAsync(s_bob, "b.mp3", (1 << 20) + 1, null, Ct));
        Assert.Equal((1 << 20, 3 << 20), (refused.FreeBytes, refused.QuotaBytes));
        await OpenAsync(desk, "b.mp3", 3 << 20, s_cleo);
        // An administrator has no more than others.
        Assert.IsType<UploadOutcome.AccountQuotaFull>(await desk.OpenAsync(s_ann, "c.mp3", (3 << 20) + 1, null, Ct));
        var (bob, cleo) = (await desk.StandingAsync(s_bob, Ct), await desk.StandingAsync(s_cleo, Ct));
        Assert.Equal((2 << 20, 3 << 20, 5 << 20), (bob.AccountUsedBytes, cleo.AccountUsedBytes, bob.UsedBytes));
        Assert.Equal("b.mp3", Assert.Single(cleo.UnderWay).Name);
    }

    [Fact]
    public async Task Of_many_announced_at_once_only_those_are_taken_that_fit_together()
    {
        using var desk = Desk(new UploadOptions { AccountQuotaMegabytes = 5 });
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Task.Run(() => desk.OpenAsync(s_bob, $"{n}.mp3", 1 << 20, null, Ct), Ct)));
        Assert.Equal((5, 15), (outcomes.Count(outcome => outcome is UploadOutcome.Done), outcomes.Count(outcome => outcome is UploadOutcome.AccountQuotaFull)));
        Assert.Equal(5 << 20, (await desk.StandingAsync(s_bob, Ct)).AccountUsedBytes);
    }

    [Fact]
    public async Task Room_that_is_taken_stays_so_over_a_restart_and_comes_back_when_an_upload_is_given_up_refused_or_forgotten()
    {
        var options = new UploadOptions { AccountQuotaMegabytes = 1, IncompleteHours = 24 };
        var clock = new ManualTimeProvider();
        string id;
        using (var before = Desk(options, clock))
        {
            id = await OpenAsync(before, "a.mp3", 1 << 20);
        }

        using var desk = Desk(options, clock);
        Assert.IsType<UploadOutcome.AccountQuotaFull>(await desk.OpenAsync(s_bob, "b.mp3", 1, null, Ct));
        Assert.False(await desk.CancelAsync(id, s_cleo, Ct));
        Assert.True(await desk.CancelAsync(id, s_bob, Ct));
        id = await OpenAsync(desk, "no music.mp3", 1 << 20);
        Assert.IsType<UploadOutcome.NotMusic>(await desk.AddAsync(s_bob, id, 0, new MemoryStream(new byte[1 << 20]), Ct));
        id = await OpenAsync(desk, "left lying.mp3", 1 << 20);
        File.SetLastWriteTimeUtc(Directory.GetFiles(_folder.Path, $"{id}.part", SearchOption.AllDirectories).Single(), clock.GetUtcNow().UtcDateTime);
        clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal((0, 0), await desk.StandingAsync(s_bob, Ct) is var standing ? (standing.AccountUsedBytes, standing.UnderWay.Count) : default);
        await OpenAsync(desk, "c.mp3", 1 << 20);
    }

    [Fact]
    public async Task A_file_gives_its_room_back_whether_it_is_removed_here_or_behind_our_back()
    {
        using var desk = Desk();
        var song = await SongAsync();
        var (first, second) = (await TakenInAsync(desk, song), await TakenInAsync(desk, song));
        Assert.Equal(2 * song.Length, await UsedAsync(desk));
        Assert.Equal(UploadRemoval.NotOwn, await desk.RemoveAsync(first, s_cleo, Ct));
        Assert.Equal(UploadRemoval.NotFound, await desk.RemoveAsync("t0000000000000000", s_ann, Ct));
        Assert.Equal(UploadRemoval.NotUploaded, await desk.RemoveAsync(await TrackAsync(_library.DemoFolder, "demo.flac"), s_ann, Ct));
        Assert.Equal(UploadRemoval.Removed, await desk.RemoveAsync(first, s_ann, Ct));
        Assert.Equal(song.Length, await UsedAsync(desk));
        var other = Directory.GetFiles(_library.UploadFolder, "*.flac", SearchOption.AllDirectories).Single();
        File.Delete(other);
        Assert.Equal(0, await UsedAsync(desk));
        await File.WriteAllBytesAsync(other, song, Ct);
        Assert.Equal(UploadRemoval.Removed, await desk.RemoveAsync(second, s_bob, Ct));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_library.UploadFolder));
    }

    [Fact]
    public async Task What_a_crash_left_between_two_steps_counts_once()
    {
        var song = await SongAsync();
        using (var before = Desk())
        {
            await TakenInAsync(before, song);
        }

        // Its place is known, and its file has not been moved there.
        await new UploadOwnerStore(_database).SaveAsync("Nobody/Nothing/never.flac", "bob", Ct);
        using var desk = Desk();
        Assert.Equal(song.Length, await UsedAsync(desk));
    }

    [Fact]
    public async Task What_an_ended_account_uploaded_stays_and_is_nobodys()
    {
        using var desk = Desk();
        var song = await SongAsync();
        await TakenInAsync(desk, song);
        await OpenAsync(desk, "b.mp3", 1_000);
        await desk.DisownAsync("bob", Ct);
        Assert.Equal((0, song.Length, 0), await desk.StandingAsync(s_bob, Ct) is var now ? (now.AccountUsedBytes, now.UsedBytes, now.UnderWay.Count) : default);
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

    private UploadDesk Desk(UploadOptions? options = null, TimeProvider? clock = null)
    {
        var (settings, owners, incoming) = (Options.Create(options ?? new UploadOptions()), new UploadOwnerStore(_database), new IncomingFiles(new DataFolder(_folder.Path)));
        return new UploadDesk(
            _library, incoming, new UploadSpace(_library, incoming, owners, settings), new UploadCheck(_readers, settings, TimeProvider.System), owners, settings,
            clock ?? TimeProvider.System, NullLogger<UploadDesk>.Instance);
    }

    private static async Task<string> OpenAsync(UploadDesk desk, string name, long bytes, Uploader? who = null) =>
        Assert.IsType<UploadOutcome.Done>(await desk.OpenAsync(who ?? s_bob, name, bytes, null, Ct)).Upload.Id;

    /// <summary>Bob's, in the library.</summary>
    private async Task<string> TakenInAsync(UploadDesk desk, byte[] song)
    {
        var whole = Assert.IsType<UploadOutcome.Done>(await desk.AddAsync(s_bob, await OpenAsync(desk, "song.flac", song.Length), 0, new MemoryStream(song), Ct)).Upload;
        return await TrackAsync(_library.UploadFolder, whole.Path);
    }

    /// <summary>As a scan would find it.</summary>
    private async Task<string> TrackAsync(string folder, string path)
    {
        var id = LibraryIds.Track($"{folder}/{path}");
        await new ScanStore(_database).SaveAsync(
            [new LibraryTrack(id, folder, path, 1, 1, AudioTags.None, SoundFormat.Unknown, TrackCover.None, TrackState.Playable, "", 1)], Ct);
        return id;
    }

    private static async Task<long> UsedAsync(UploadDesk desk) => (await desk.StandingAsync(s_bob, Ct)).AccountUsedBytes;

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
