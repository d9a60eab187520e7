using Tutti.Client;
using Tutti.Protocol;
using Tutti.Protocol.Rest;
using Tutti.Server.Tests.Hosting;
using Tutti.Server.Tests.Realtime;

namespace Tutti.Server.Tests.Api;

/// <summary>The .NET SDK against the real server: every call of it, and what it makes of refusals.</summary>
public sealed class ClientTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tracks_are_found_and_fetched()
    {
        using var client = await ClientAsync();
        Assert.Equal(["First", "Second", "Third"], await client.Tracks.AllAsync(ct: Ct).Select(track => track.Title).Order().ToArrayAsync(Ct));
        var found = await client.Tracks.FindAsync("THIRD", ct: Ct);
        var third = Assert.Single(found.Tracks);
        Assert.Equal((1, 90.0, true), (found.Total, third.DurationSeconds, third.Playable));
        Assert.Equal("Third", (await client.Tracks.GetAsync(third.Id, Ct)).Title);
        var first = (await client.Tracks.FindAsync("first", ct: Ct)).Tracks[0];
        await using var file = await client.Tracks.OpenFileAsync(first.Id, Ct);
        Assert.Equal(new FileInfo(server.FirstFile).Length, await LengthAsync(file));
        await using var cover = await client.Tracks.OpenCoverAsync(first.Id, Ct);
        Assert.True(await LengthAsync(cover) > 100);
        Assert.Equal("broken.mp3", Assert.Single((await client.Tracks.UnreadableAsync(ct: Ct)).Files).Path);
        Assert.False((await client.Tracks.ScanStateAsync(Ct)).Demo);
        Assert.Equal((int)ErrorCode.SignInNeeded, (await Assert.ThrowsAsync<TuttiException>(() => client.Tracks.ScanAsync(Ct))).Code);
    }

    [Fact]
    public async Task The_library_is_looked_through()
    {
        using var client = await ClientAsync();
        var catalog = client.Catalog;
        Assert.Equal("Third", (await catalog.SearchAsync("thi", ct: Ct)).Tracks[0].Title);
        Assert.Equal((await catalog.AlbumsAsync(ct: Ct)).Total, (await catalog.AlbumsAsync(filter: new ListFilter { Sort = "title", Descending = true }, ct: Ct)).Albums.Count);
        foreach (var album in (await catalog.AlbumsAsync(ct: Ct)).Albums)
        {
            Assert.Equal(album.TrackCount, (await catalog.AlbumAsync(album.Id, Ct)).Tracks.Count);
            Assert.Equal(album.TrackCount, (await client.Tracks.FindAsync(filter: new ListFilter { Album = album.Id }, ct: Ct)).Total);
        }

        foreach (var artist in (await catalog.ArtistsAsync(ct: Ct)).Artists)
        {
            Assert.Equal(artist.Name, (await catalog.ArtistAsync(artist.Id, Ct)).Artist.Name);
        }

        foreach (var genre in (await catalog.GenresAsync(ct: Ct)).Genres)
        {
            Assert.Equal(genre, await catalog.GenreAsync(genre.Id, Ct));
        }

        var folder = (await catalog.FoldersAsync(ct: Ct)).Folders[0];
        Assert.Equal(["A", "B"], (await catalog.FolderAsync(folder.Id, ct: Ct)).Folders.Select(below => below.Name));
        Assert.Equal((await catalog.YearsAsync(Ct)).Total, (await catalog.YearsAsync(Ct)).Years.Count);
        var first = (await client.Tracks.FindAsync("first", ct: Ct)).Tracks[0];
        await using var cover = await catalog.OpenCoverAsync(first.CoverUrl!, 64, Ct);
        Assert.True(await LengthAsync(cover) > 100);
        Assert.Equal("", (await client.Tracks.LyricsAsync(first.Id, Ct)).Lines);
        Assert.Equal(ErrorCode.AlbumNotFound, (await Assert.ThrowsAsync<TuttiException>(() => catalog.AlbumAsync("a0000000000000000", Ct))).Known);
    }

    [Fact]
    public async Task A_playlist_is_made_changed_and_copied()
    {
        using var client = await ClientAsync();
        var tracks = await client.Tracks.AllAsync(ct: Ct).OrderBy(track => track.Title).Select(track => track.Id).ToArrayAsync(Ct);
        var lists = client.Playlists;
        var made = await lists.CreateAsync("Sunday", [tracks[0], tracks[2]], shared: true, Ct);
        Assert.Contains((await lists.ListAsync(ct: Ct)).Playlists, list => list.Id == made.Id && list.TrackCount == 2);
        Assert.Equal(1, (await lists.ListAsync("SÜN", ct: Ct)).Total);
        Assert.Equal(0, (await lists.ListAsync("sun moon", ct: Ct)).Total);
        var more = await lists.AddAsync(made.Id, [tracks[1]], at: 0, version: made.Version, ct: Ct);
        Assert.Equal(ErrorCode.PlaylistChanged, (await Assert.ThrowsAsync<TuttiException>(() => lists.MoveAsync(made.Id, 0, 2, version: made.Version, ct: Ct))).Known);
        await lists.MoveAsync(made.Id, 0, 2, version: more.Version, ct: Ct);
        Assert.Equal([tracks[0], tracks[2], tracks[1]], (await lists.TracksAsync(made.Id, ct: Ct)).Items.Select(item => item.TrackId));
        Assert.Equal(2, (await lists.RemoveAsync(made.Id, 1, ct: Ct)).TrackCount);
        Assert.Equal("Monday", (await lists.ChangeAsync(made.Id, "Monday", ct: Ct)).Name);
        Assert.Equal(3, (await lists.ReplaceAsync(made.Id, tracks, ct: Ct)).TrackCount);
        await using var m3u = await lists.ExportAsync(made.Id, Ct);
        var copy = await lists.ImportAsync(m3u, "Copy", ct: Ct);
        Assert.Equal((3, 0), (copy.Playlist.TrackCount, copy.Missing.Count));
        await lists.DeleteAsync(copy.Playlist.Id, Ct);
        Assert.Equal(ErrorCode.PlaylistNotFound, (await Assert.ThrowsAsync<TuttiException>(() => lists.GetAsync(copy.Playlist.Id, Ct))).Known);
    }

    [Fact]
    public async Task A_room_is_made_and_driven()
    {
        using var client = await ClientAsync();
        var made = await client.Rooms.CreateAsync("Garden", Ct);
        Assert.Contains((await client.Rooms.ListAsync(Ct)).Rooms, room => room.Code == made.Code && room.Name == "Garden");
        var garden = client.Room(made.Code);
        var tracks = await client.Tracks.AllAsync(ct: Ct).OrderBy(track => track.Title).Select(track => track.Id).ToArrayAsync(Ct);
        var played = await garden.PlayAsync([tracks[2]], position: TimeSpan.FromSeconds(20), ct: Ct);
        Assert.Equal((made.Code, "Third"), (played.Room, played.Queue.Single().Track.Title));
        Assert.Equal(PlaybackStatus.Paused, (await garden.PauseAsync(Ct)).Status);
        Assert.Equal(61.25, (await garden.SeekAsync(TimeSpan.FromSeconds(61.25), Ct)).PositionSeconds);
        await garden.ResumeAsync(Ct);
        Assert.Equal(33, (await garden.SetVolumeAsync(33, Ct)).Volume);
        Assert.Equal(7, (await garden.SetCrossfadeAsync(7, Ct)).CrossfadeSeconds);
        Assert.Equal(3, (await garden.AddAsync([tracks[0], tracks[1]], ct: Ct)).Queue.Count);
        Assert.Equal(tracks[1], (await garden.AddAsync([tracks[1]], QueuePlace.AtIndex(0), Ct)).Queue[0].Track.Id);
        await garden.AddAsync([tracks[0]], QueuePlace.Next, Ct);
        var queue = await garden.QueueAsync(Ct);
        Assert.Equal(["Second", "Third", "First", "First", "Second"], queue.Items.Select(item => item.Track.Title));
        Assert.Equal("Second", (await garden.MoveAsync(queue.Items[4].Id, 2, Ct)).Queue[2].Track.Title);
        var next = await garden.NextAsync(Ct);
        Assert.Contains(queue.Items[4].Id, (string?[])[next.Preparing, next.ItemId]);
        await garden.PreviousAsync(Ct);
        Assert.Contains((await garden.ChangeToItemAsync(queue.Items[0].Id, Ct)).Queue, item => item.Id == queue.Items[0].Id);
        await garden.ChangeToTrackAsync(tracks[2], Ct);
        Assert.DoesNotContain((await garden.RemoveAsync(queue.Items[3].Id, Ct)).Queue, item => item.Id == queue.Items[3].Id);
        Assert.Equal(PlaybackStatus.Stopped, (await garden.StopAsync(Ct)).Status);
        Assert.Single((await garden.ClearAsync(Ct)).Queue);
        await garden.PlayAsync(Ct);
        Assert.Equal("Garden", (await garden.GetAsync(Ct)).Name);
        Assert.True((await garden.StateAsync(Ct)).Version > played.Version);
        Assert.True((await garden.HistoryAsync(ct: Ct)).Total >= 0);
    }

    [Fact]
    public async Task Devices_are_set_and_sound_is_handed_over()
    {
        using var client = await ClientAsync();
        var room = client.Room((await client.Rooms.CreateAsync(ct: Ct)).Code);
        await using var phone = await SpeakingDevice.JoinAsync(server.Url, "sdk-phone", room.Code!);
        await using var kitchen = await SpeakingDevice.JoinAsync(server.Url, "sdk-kitchen", room.Code!);
        Assert.Equal(2, (await room.DevicesAsync(Ct)).Total);
        Assert.Equal("phone", Sounding(await room.OnlyHereAsync("sdk-phone", Ct)));
        Assert.Equal("kitchen", Sounding(await room.HandOverAsync("sdk-phone", "sdk-kitchen", Ct)));
        Assert.Equal("kitchen phone", Sounding(await room.EverywhereAsync(Ct)));
        var change = new DeviceChange("Kitchen", "speaker", 60, true, 120, true);
        var set = (await room.SetDeviceAsync("sdk-kitchen", change, Ct)).Devices.Single(device => device.Id == "sdk-kitchen");
        Assert.Equal(("Kitchen", "speaker", 60, true, 120.0, false), (set.Name, set.Icon, set.Volume, set.Muted, set.TrimMs, set.Sound.On));
        await phone.DevicesAsync(Ct).FirstAsync(devices => devices.Any(device => device.Name == "Kitchen"), Ct);

        static string Sounding(DeviceList list) =>
            string.Join(' ', list.Devices.Where(device => device.Sound.On).Select(device => device.Id["sdk-".Length..]).Order());
    }

    [Fact]
    public async Task The_short_forms_are_one_s_own_room()
    {
        using var client = await ClientAsync();
        Assert.Equal("HOME", (await client.Mine.SetVolumeAsync(44, Ct)).Room);
        Assert.Equal(("Tutti", ProtocolLimits.ProtocolVersion), ((await client.ServerAsync(Ct)).Name, (await client.ServerAsync(Ct)).Protocol));
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.Mine.GetAsync(Ct));
    }

    [Fact]
    public async Task A_segment_is_fetched_by_what_the_state_says()
    {
        using var client = await ClientAsync();
        var room = client.Room((await client.Rooms.CreateAsync(ct: Ct)).Code);
        await using var device = await SpeakingDevice.JoinAsync(server.Url, "sdk-listener", room.Code!);
        await room.PlayAsync([await server.TrackIdAsync(0)], ct: Ct);
        var state = await device.StateWhereAsync(state => state.Queue is [{ Media: not null }], Ct);
        await using var segment = await client.Tracks.OpenSegmentAsync(state.Queue[0].Media!.Key, 0, Ct);
        var magic = new byte[4];
        await segment.ReadExactlyAsync(magic, Ct);
        Assert.Equal("fLaC"u8.ToArray(), magic);
    }

    [Fact]
    public async Task Refusals_are_thrown_by_number_on_both_ways_in()
    {
        using var client = await ClientAsync();
        var missing = await Assert.ThrowsAsync<TuttiException>(() => client.Tracks.GetAsync("t0000000000000000", Ct));
        Assert.Equal((5001, "trackNotFound", ErrorCode.TrackNotFound, System.Net.HttpStatusCode.NotFound), (missing.Code, missing.Name, missing.Known, missing.Status));
        Assert.Equal(ErrorCode.VolumeOutOfRange, (await Assert.ThrowsAsync<TuttiException>(() => client.Mine.SetVolumeAsync(101, Ct))).Known);
        Assert.Equal(ErrorCode.RoomNotFound, (await Assert.ThrowsAsync<TuttiException>(() => SpeakingDevice.JoinAsync(server.Url, "sdk-device", "ZZZZZZ"))).Known);
    }

    [Fact]
    public async Task A_server_that_is_away_is_told_on_both_ways_in()
    {
        using var away = new TuttiClient(new Uri("http://127.0.0.1:9"));
        await Assert.ThrowsAsync<ServerUnreachableException>(() => away.ServerAsync(Ct));
        await Assert.ThrowsAsync<ServerUnreachableException>(() => SpeakingDevice.JoinAsync(away.Server, "sdk-device"));
    }

    private async Task<TuttiClient> ClientAsync()
    {
        await server.TracksAsync();
        return new TuttiClient(server.Url);
    }

    private static async Task<long> LengthAsync(Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all, Ct);
        return all.Length;
    }
}
