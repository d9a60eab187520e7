using Tutti.Server.Library;
using Tutti.Server.Library.Scanning;
using Tutti.TagReader;

namespace Tutti.Server.Tests.Library;

/// <summary>The scanner on real folders with real files.</summary>
public sealed class ScanTests : ScanStage
{
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
        var page = await Catalog.TracksAsync(new TrackQuery("ROS ete"), new PageRange(2, 2), Ct);
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
        Assert.Equal(TrackState.Playable, (await Shelf.FindAsync(id, Ct))!.State);
    }

    [Fact]
    public async Task A_second_scan_opens_nothing_and_a_changed_file_keeps_its_id()
    {
        await MakeAsync("a.flac", "-metadata", "title=Before");
        await ScanAsync();
        var track = await SingleAsync();
        await ScanAsync();
        Assert.Equal(1, Reader.Count);
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
        File.Move(Music("a.flac"), Folder.Within("away.flac"));
        Assert.Equal(1, (await ScanAsync()).Missing);
        Assert.Equal(TrackState.Missing, (await Shelf.FindAsync(track.Id, Ct))!.State);
        Assert.Equal(0, (await ListAsync()).Total);
        File.Move(Folder.Within("away.flac"), Music("a.flac"));
        await ScanAsync();
        Assert.Equal((track.Id, track.AddedMicros), ((await SingleAsync()).Id, (await SingleAsync()).AddedMicros));
    }

    [Fact]
    public async Task Only_a_scan_that_changed_something_says_so()
    {
        await MakeAsync("a.flac", "-metadata", "title=Mine");
        await ScanAsync();
        var changes = Shelf.Changes;
        await ScanAsync();
        Assert.Equal(changes, Shelf.Changes);
        File.Move(Music("a.flac"), Music("b.flac"));
        await ScanAsync();
        Assert.Equal(changes + 1, Shelf.Changes);
        File.Move(Music("b.flac"), Folder.Within("away.flac"));
        await ScanAsync();
        Assert.Equal(changes + 2, Shelf.Changes);
        await ScanAsync();
        Assert.Equal(changes + 2, Shelf.Changes);
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
    public async Task Files_that_are_numbered_anew_keep_their_ids_also_where_one_takes_the_place_of_another()
    {
        foreach (var n in new[] { 1, 2, 3 })
        {
            await MakeAsync($"{n}.flac", "-metadata", $"title=Song {n}", "-t", $"{n}");
        }

        await ScanAsync();
        var ids = (await ListAsync()).Items.ToDictionary(track => track.Title, track => track.Id);
        File.Move(Music("3.flac"), Music("4.flac"));
        File.Move(Music("2.flac"), Music("3.flac"));
        File.Move(Music("1.flac"), Music("2.flac"));
        Assert.Equal((3, 0), await ScanAsync() is var shifted ? (shifted.Moved, shifted.Missing) : default);
        await MayBeFoundAsync(("Song 1", "2.flac"), ("Song 2", "3.flac"), ("Song 3", "4.flac"));

        File.Move(Music("2.flac"), Music("1.flac"));
        File.Move(Music("3.flac"), Music("2.flac"));
        File.Move(Music("1.flac"), Music("3.flac"));
        Assert.Equal((2, 0), await ScanAsync() is var swapped ? (swapped.Moved, swapped.Missing) : default);
        await MayBeFoundAsync(("Song 1", "3.flac"), ("Song 2", "2.flac"), ("Song 3", "4.flac"));

        File.Move(Music("4.flac"), Music("3.flac"), overwrite: true);
        Assert.Equal(1, (await ScanAsync()).Missing);
        await MayBeFoundAsync(("Song 2", "2.flac"), ("Song 3", "3.flac"));
        Assert.Equal(TrackState.Missing, (await Shelf.FindAsync(ids["Song 1"], Ct))!.State);

        async Task MayBeFoundAsync(params (string Title, string Path)[] expected)
        {
            var found = (await ListAsync()).Items;
            Assert.Equal(expected.Select(song => (song.Title, song.Path, ids[song.Title])), found.Select(track => (track.Title, track.Path, track.Id)).Order());
            Assert.Equal(expected.Length, (await ListAsync(new TrackQuery("song"))).Total);
        }
    }

    [Fact]
    public async Task Tagged_anew_while_an_old_copy_is_put_aside_the_file_in_its_place_is_the_one_that_was_known()
    {
        await MakeAsync("a.flac", "-metadata", "title=Before");
        await ScanAsync();
        var id = (await SingleAsync()).Id;
        File.Copy(Music("a.flac"), Music("backup.flac"));
        File.SetLastWriteTimeUtc(Music("backup.flac"), File.GetLastWriteTimeUtc(Music("a.flac")));
        await MakeAsync("a.flac", "-metadata", "title=After, and longer");
        await ScanAsync();
        Assert.Equal(("a.flac", "After, and longer"), await Shelf.FindAsync(id, Ct) is { } track ? (track.Path, track.Title) : default);
        Assert.Equal(2, (await ListAsync()).Total);
    }

    [Fact]
    public async Task What_could_not_be_read_before_it_vanished_cannot_when_it_is_back()
    {
        await File.WriteAllTextAsync(Music("text.mp3"), "not music", Ct);
        await ScanAsync();
        File.Move(Music("text.mp3"), Folder.Within("away.mp3"));
        Assert.Equal(1, (await ScanAsync()).Missing);
        File.Move(Folder.Within("away.mp3"), Music("text.mp3"));
        await ScanAsync();
        Assert.Equal(0, (await ListAsync()).Total);
        Assert.NotEmpty((await ListAsync(new TrackQuery(State: TrackState.Unreadable))).Items.Single().Reason);
    }

    [Fact]
    public async Task A_new_picture_beside_music_is_a_change_and_what_still_cannot_be_read_is_none()
    {
        await MakeAsync("A/one.flac");
        await File.WriteAllTextAsync(Music("text.mp3"), "not music", Ct);
        await ScanAsync();
        var changes = Shelf.Changes;
        Assert.Equal(1, (await ScanAsync()).Skipped);
        Assert.Equal(changes, Shelf.Changes);
        await Media.Ffmpeg.RunAsync("-f", "lavfi", "-i", "testsrc=size=60x60", "-frames:v", "1", Music("A", "cover.jpg"));
        await ScanAsync();
        Assert.Equal(changes + 1, Shelf.Changes);
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
        var picture = Folder.Within("cover.png");
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
            var cover = await Covers.FindAsync(tracks[title].Cover.Hash, null, Ct);
            Assert.Equal("image/jpeg", cover!.ContentType);
            var pixels = await Media.Ffmpeg.RunAsync("-v", "error", "-i", cover.Path, "-f", "rawvideo", "-pix_fmt", "gray", "pipe:1");
            Assert.InRange(pixels.Length, 100 * 66, 100 * 67);
            Assert.Equal(cover, await Covers.FindAsync(tracks[title].Cover.Hash, null, Ct));
        }
        Assert.Equal(TrackCover.None, tracks["Bare"].Cover);
        Assert.Null(await Covers.FindAsync("unknown", null, Ct));
        Assert.Null(await Covers.FindAsync(new string('0', 32), null, Ct));
    }

    [Fact]
    public async Task A_picture_beside_the_folders_of_discs_is_that_of_all_discs_but_those_with_their_own()
    {
        var red = Music("Album", "cover.png");
        await Media.Ffmpeg.MakeAsync(red, "color=red:s=30x20", "-frames:v", "1");
        await MakeAsync("Album/CD 1/a.flac", "-metadata", "title=One");
        await MakeAsync("Album/CD 2/b.flac", "-metadata", "title=Two");
        await Media.Ffmpeg.MakeAsync(Music("Album", "CD 2", "folder.png"), "color=blue:s=30x20", "-frames:v", "1");
        await MakeAsync("Album/Extras/c.flac", "-metadata", "title=Three");
        await ScanAsync();
        var covers = (await ListAsync()).Items.ToDictionary(track => track.Title, track => track.Cover.Hash);
        Assert.Equal((PictureHash.Of(await File.ReadAllBytesAsync(red, Ct)), ""), (covers["One"], covers["Three"]));
        Assert.NotEqual(covers["One"], covers["Two"]);
        Assert.NotNull(await Covers.FindAsync(covers["One"], null, Ct));

        await ScanAsync(ScanScope.Nothing.With(Root, "Album/CD 1", isFile: false));
        Assert.Equal(covers["One"], (await ListAsync(new TrackQuery("one"))).Items.Single().Cover.Hash);
        File.Delete(red);
        await ScanAsync(ScanScope.Nothing.With(Root, "Album", isFile: false));
        Assert.Equal("", (await ListAsync(new TrackQuery("one"))).Items.Single().Cover.Hash);
        Assert.Equal(covers["Two"], (await ListAsync(new TrackQuery("two"))).Items.Single().Cover.Hash);
    }

    [Fact]
    public async Task A_change_is_looked_for_in_its_folder_alone_and_the_rest_stays_as_it_is()
    {
        await MakeAsync("A/one.flac");
        await MakeAsync("B/two.flac");
        await File.WriteAllTextAsync(Music("B", "broken.mp3"), "this is no sound", Ct);
        await ScanAsync();
        var (opened, two) = (Reader.Count, Music("B", "two.flac"));
        await MakeAsync("A/three.flac", "-t", "0.5");
        File.Delete(two);
        var end = await ScanAsync(ScanScope.Nothing.With(Root, "A/three.flac", isFile: true));
        Assert.Equal((opened + 1, 4, 4, 1, 1, 0), (Reader.Count, end.Found, end.Done, end.Read, end.Skipped, end.Missing));
        Assert.Equal(3, (await ListAsync()).Total);

        end = await ScanAsync(ScanScope.Nothing.With(Root, "B/two.flac", isFile: false));
        Assert.Equal((3, 1), (end.Found, end.Missing));
        Assert.Equal(["one", "three"], (await ListAsync()).Items.Select(track => track.Title).Order());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_that_moves_keeps_its_id_whichever_folder_is_heard_of_first(bool goingFirst)
    {
        await MakeAsync("A/one.flac");
        await MakeAsync("B/two.flac");
        await ScanAsync();
        var id = (await ListAsync()).Items.Single(track => track.Title == "one").Id;
        File.Move(Music("A", "one.flac"), Music("B", "renamed.flac"));
        ScanScope[] heard = [ScanScope.Nothing.With(Root, "A/one.flac", isFile: false), ScanScope.Nothing.With(Root, "B/renamed.flac", isFile: true)];
        foreach (var scope in goingFirst ? heard : heard.Reverse())
        {
            await ScanAsync(scope);
        }

        Assert.Equal(id, (await ListAsync()).Items.Single(track => track.Title == "renamed").Id);
        Assert.Equal(2, (await ListAsync()).Total);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_that_moves_over_another_keeps_its_id_whichever_folder_is_heard_of_first(bool goingFirst)
    {
        await MakeAsync("A/one.flac", "-metadata", "title=One");
        await MakeAsync("B/two.flac", "-metadata", "title=Two, and longer");
        await ScanAsync();
        var ids = (await ListAsync()).Items.ToDictionary(track => track.Path, track => track.Id);
        File.Move(Music("A", "one.flac"), Music("B", "two.flac"), overwrite: true);
        ScanScope[] heard = [ScanScope.Nothing.With(Root, "A/one.flac", isFile: false), ScanScope.Nothing.With(Root, "B/two.flac", isFile: true)];
        foreach (var scope in goingFirst ? heard : heard.Reverse())
        {
            await ScanAsync(scope);
        }

        var track = await SingleAsync();
        Assert.Equal((ids["A/one.flac"], "B/two.flac", "One"), (track.Id, track.Path, track.Title));
        Assert.Equal(TrackState.Missing, (await Shelf.FindAsync(ids["B/two.flac"], Ct))!.State);
    }

    [Fact]
    public async Task A_folder_that_moves_whole_keeps_its_tracks_and_its_cover()
    {
        await MakeAsync("A/one.flac");
        await Media.Ffmpeg.RunAsync("-f", "lavfi", "-i", "testsrc=size=60x60", "-frames:v", "1", Music("A", "cover.jpg"));
        await ScanAsync();
        var before = await SingleAsync();
        Directory.Move(Music("A"), Music("Z"));
        await ScanAsync(ScanScope.Nothing.With(Root, "A", isFile: false).With(Root, "Z", isFile: false));
        var after = await SingleAsync();
        Assert.Equal((before.Id, "Z/one.flac", before.Cover), (after.Id, after.Path, after.Cover));
    }

    [Fact]
    public async Task A_link_to_a_folder_elsewhere_is_followed()
    {
        await Media.Ffmpeg.MakeAsync(Folder.Within("elsewhere", "deep", "a.flac"), "sine=d=1");
        Directory.CreateSymbolicLink(Music("link"), Folder.Within("elsewhere"));
        Assert.Equal(1, (await ScanAsync()).Found);
        Assert.Equal("link/deep/a.flac", (await SingleAsync()).Path);
    }

    [Fact]
    public async Task Where_links_to_folders_are_every_walk_is_whole()
    {
        await MakeAsync("A/one.flac");
        Directory.CreateSymbolicLink(Music("link"), Music("A"));
        await ScanAsync();
        await MakeAsync("B/two.flac");
        var end = await ScanAsync(ScanScope.Nothing.With(Root, "C/none.flac", isFile: false));
        Assert.Equal((2, 0), (end.Found, end.Missing));
    }

    [Fact]
    public async Task What_lies_in_a_music_folder_within_another_is_found_once_as_the_inner_ones()
    {
        await MakeAsync("A/one.flac");
        await MakeAsync("B/C/two.flac");
        await ScanAsync();
        var inner = new MusicFolder(Path.GetDirectoryName(Music("B", "x"))!, "B");
        MusicFolder[] both = [.. Shelf.Folders, inner];
        Assert.Equal(2, (await ScanAsync(both, ScanScope.Everything)).Found);
        var tracks = (await ListAsync()).Items;
        Assert.Equal([(Root, "A/one.flac"), (inner.Root, "C/two.flac")], tracks.Select(track => (track.Folder, track.Path)).Order());

        await MakeAsync("B/C/three.flac");
        await ScanAsync(both, ScanScope.Nothing.With(Root, "B/C", isFile: false).With(inner.Root, "C", isFile: false));
        Assert.Equal(3, (await ListAsync()).Items.Count);
        Directory.CreateSymbolicLink(Music("A", "also"), inner.Root);
        var end = await ScanAsync(both, ScanScope.Everything);
        Assert.Equal((3, 0), (end.Found, end.Missing));
    }
}
