using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tutti.Server.Library;
using Tutti.Server.Library.Grouping;
using Tutti.Server.Library.Playlists;
using Tutti.Server.Library.Plays;
using Tutti.Server.Library.Searching;
using Tutti.Server.Library.Tags;
using Tutti.Server.Storage;
using Tutti.Server.Storage.Library;
using Tutti.Server.Storage.Postgres;
using Tutti.Server.Storage.Sqlite;
using Tutti.Server.Tests.Storage;

namespace Tutti.Server.Tests.Library;

/// <summary>Albums, artists, genres, years and folders as they come out of saved tracks. The same tests on both dialects.</summary>
public abstract class CatalogTests : IAsyncLifetime
{
    private static readonly MusicFolder s_folder = new("/music", "music");
    private Database _database = null!;
    private ScanStore _scans = null!;
    private CatalogStore _catalog = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public virtual ValueTask InitializeAsync()
    {
        _database = Make();
        _scans = new ScanStore(_database);
        _catalog = new CatalogStore(_database);
        return ValueTask.CompletedTask;
    }

    public virtual ValueTask DisposeAsync()
    {
        _database.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Everything_that_was_saved_comes_back()
    {
        var track = Track("t1", "A/Home/1.flac", "Été", "Björk; Antony", "Home") with
        {
            Cover = new TrackCover(CoverSource.Embedded, "00112233445566778899aabbccddeeff"),
        };
        track = track with
        {
            Tags = track.Tags with
            {
                AlbumArtist = "Björk", AlbumArtists = ["Björk"], DiscNumber = 2, TrackNumber = 3, Year = 1997, Genres = ["Pop", "Art"], Compilation = true,
                Gain = new ReplayGain(-7.5, 0.98, -6.5, 1), Ids = new MusicBrainzIds("r", "", "a", "b"), Lyrics = "la\nla",
            },
        };
        await SaveAsync(track);
        var tracks = new TrackStore(_database);
        var found = (await tracks.FindAsync("t1", Ct))!;
        Assert.True(found.Tags.SameAs(track.Tags with { Lyrics = "" }));
        Assert.Equal(track with { Tags = found.Tags }, found);
        Assert.Equal("la\nla", await tracks.LyricsAsync("t1", Ct));
        Assert.Equal("la\nla", Assert.Single(await _scans.LoadAsync(["t1"], Ct)).Tags.Lyrics);
        Assert.Equal("t1", Assert.Single(await tracks.WithCoverAsync(found.Cover.Hash, Ct)).Id);
        Assert.Equal(["t1"], (await tracks.FindAsync(["t0", "t1"], Ct)).Select(one => one.Id));
    }

    [Fact]
    public async Task An_album_without_album_artist_is_its_folder_and_one_with_is_its_name()
    {
        await SaveAsync(
            Track("t1", "Hits/CD1/1.mp3", "One", "Ann", "Hits"), Track("t2", "Hits/CD2/1.mp3", "Two", "Ben", "hits"),
            Track("t3", "Other/1.mp3", "Three", "Cid", "Hits"),
            By(Track("t4", "x/1.mp3", "Four", "Dee feat. Ann", "Solo"), "Dee"), By(Track("t5", "y/2.mp3", "Five", "Dee", "Solo"), "DEE"));
        var albums = (await _catalog.AlbumsAsync(new AlbumQuery(), PageRange.First, Ct)).Items;
        Assert.Equal(
            [("Hits", "Cid", 1, false), ("Solo", "DEE", 2, false), ("Hits", AlbumSummary.Various, 2, true)],
            albums.Select(album => (album.Title, album.Artist, album.TrackCount, album.Compilation)));
        var dee = (await _catalog.ArtistsAsync(new ArtistQuery("dee"), PageRange.First, Ct)).Items.Single();
        Assert.Equal((1, 2), (dee.AlbumCount, dee.TrackCount));
        var ann = (await _catalog.ArtistsAsync(new ArtistQuery("ann"), PageRange.First, Ct)).Items.Single();
        Assert.Equal((0, 2), (ann.AlbumCount, ann.TrackCount));
        Assert.Equal(["Hits", "Solo"], (await _catalog.AppearancesAsync(ann.Id, Ct)).Select(album => album.Title).Order());
        Assert.Equal(3, (await _catalog.ArtistsAsync(new ArtistQuery(WithAlbums: true), PageRange.First, Ct)).Total);
    }

    [Fact]
    public async Task Lists_keep_their_order_over_pages()
    {
        await SaveAsync([.. Enumerable.Range(0, 25).Select(n => Track($"t{n:D2}", $"{n % 5}/{n}.mp3", $"Same {n % 3}", "The Same", "Album") with { AddedMicros = n / 10 })]);
        foreach (var order in Enum.GetValues<TrackOrder>())
        {
            foreach (var descending in new[] { false, true })
            {
                var query = new TrackQuery(Order: order, Descending: descending);
                var whole = (await _catalog.TracksAsync(query, PageRange.First, Ct)).Items.Select(track => track.Id).ToList();
                var paged = new List<string>();
                for (var offset = 0; offset < 25; offset += 7)
                {
                    var page = await _catalog.TracksAsync(query, new PageRange(offset, 7), Ct);
                    Assert.Equal(25, page.Total);
                    paged.AddRange(page.Items.Select(track => track.Id));
                }
                Assert.Equal(25, whole.Distinct().Count());
                Assert.Equal(whole, paged);
            }
        }
        Assert.Equal("t20", (await _catalog.TracksAsync(new TrackQuery(Order: TrackOrder.Added, Descending: true), PageRange.First, Ct)).Items.Min(track => track.Id[..2] == "t2" ? track.Id : "z"));
    }

    [Fact]
    public async Task Genres_years_and_folders_are_counted_and_lead_to_their_tracks()
    {
        await SaveAsync(
            Genre(Track("t1", "A/Home/1.flac", "One", "Ann", "Home"), 1999, "Pop", "Rock"), Genre(Track("t2", "A/Home/sub/2.flac", "Two", "Ann", "Home"), 1999, "POP"),
            Genre(Track("t3", "B/3.flac", "Three", "Ben", "Away"), 2001, "Rock"), Track("t4", "4.flac", "Four", "Ben", ""));
        var genres = (await _catalog.GenresAsync(PageRange.First, Ct)).Items;
        Assert.Equal([("POP", 2), ("Rock", 2)], genres.Select(genre => (genre.Name, genre.TrackCount)));
        Assert.Equal(["t1", "t2"], await IdsAsync(new TrackQuery(GenreId: genres[0].Id)));
        Assert.Equal([new YearEntry(2001, 1, 1), new YearEntry(1999, 2, 2)], await _catalog.YearsAsync(Ct));
        Assert.Equal(["t3"], await IdsAsync(new TrackQuery(Year: 2001)));

        var root = (await _catalog.FoldersAsync(null, PageRange.First, Ct)).Items.Single();
        Assert.Equal(("music", "", 4), (root.Name, root.Path, root.TrackCount));
        var inside = (await _catalog.FoldersAsync(root.Id, PageRange.First, Ct)).Items;
        Assert.Equal([("A", 2), ("B", 1)], inside.Select(folder => (folder.Name, folder.TrackCount)));
        Assert.Equal(["t4"], await IdsAsync(new TrackQuery(FolderId: root.Id)));
        Assert.Equal(["t1", "t2"], await IdsAsync(new TrackQuery(WithinId: inside[0].Id)));
        Assert.Equal(4, (await IdsAsync(new TrackQuery(WithinId: root.Id))).Count);
        var home = (await _catalog.FoldersAsync(inside[0].Id, PageRange.First, Ct)).Items.Single();
        Assert.Equal((inside[0].Id, "A/Home"), (home.ParentId, home.Path));
        Assert.Equal(home, await _catalog.FolderAsync(home.Id, Ct));
    }

    [Fact]
    public async Task What_has_no_tracks_any_more_is_gone()
    {
        var track = Genre(Track("t1", "A/Home/1.flac", "One", "Ann", "Home"), 1999, "Pop");
        await SaveAsync(track);
        var album = (await _catalog.AlbumsAsync(new AlbumQuery("hom"), PageRange.First, Ct)).Items.Single();
        await SaveAsync(track with { State = TrackState.Missing });
        Assert.Null(await _catalog.AlbumAsync(album.Id, Ct));
        Assert.Equal((0, 0, 0, 0), await CountsAsync());
        Assert.Equal(0, (await _catalog.TracksAsync(new TrackQuery("one"), PageRange.First, Ct)).Total);
        await SaveAsync(track);
        Assert.Equal(album, await _catalog.AlbumAsync(album.Id, Ct));
        await SaveAsync(Track("t1", "A/Home/1.flac", "One", "Ben", "Away"));
        Assert.Equal((1, 1, 0, 1), await CountsAsync());
        Assert.Equal(["t1"], await IdsAsync(new TrackQuery("awa be")));
    }

    [Fact]
    public async Task Words_are_prefixes_in_any_script()
    {
        await SaveAsync(
            Track("t1", "1.mp3", "Señorita", "Ångström", "夜に駆ける"), Track("t2", "2.mp3", "O'Brien's \"quoted\" (50% off)", "AC/DC", "🎵 x"),
            Track("t3", "3.mp3", "Καλημέρα", "Ёлка", "Ночь"));
        foreach (var (typed, ids) in new[]
        {
            ("seno", "t1"), ("ANGS sen", "t1"), ("駆", "t1"), ("夜 駆ける", "t1"), ("obri quo", "t2"), ("50", "t2"), ("dc", "t2"), ("🎵", "t2"), ("καλη елк", "t3"), ("нот", ""),
            ("orita", ""), ("\" OR 1", ""), ("' & !", "t1 t2 t3"), ("sen:*", "t1"),
        })
        {
            Assert.Equal((typed, ids), (typed, string.Join(' ', await IdsAsync(new TrackQuery(typed)))));
        }
    }

    [Fact]
    public async Task Search_puts_first_what_is_most_likely_meant()
    {
        await SaveAsync(
            Track("t1", "1.mp3", "Home", "Ann", "Other"), Track("t2", "2.mp3", "Homeward Bound", "Simon", "Bound"), Track("t3", "3.mp3", "Going Home", "Mark", "Local"),
            Track("t4", "4.mp3", "Door", "Ben", "Home"), Track("t5", "5.mp3", "Hounds", "Kate", "Homework"), Track("t6", "6.mp3", "Nothing", "Nobody", "Nowhere"));
        await new PlayStore(_database).AddAsync([.. Enumerable.Range(0, 50).Select(n => new Play("t2", n))], Ct);
        using var search = Search();
        var found = await search.FindAsync("hôme", 10, Ct);
        Assert.Equal((null, "t1 t2 t3"), (found.Meant, string.Join(' ', found.Tracks.Take(3).Select(track => track.Id))));
        Assert.Equal(["t4", "t5"], found.Tracks.Skip(3).Select(track => track.Id).Order());
        Assert.Equal(["Home", "Homework"], found.Albums.Select(album => album.Title));
        Assert.Equal(50, found.Tracks[1].Plays);
        Assert.Equal(["t4"], (await search.FindAsync("ben door", 10, Ct)).Tracks.Select(track => track.Id));
        Assert.Single((await search.FindAsync("hom", 1, Ct)).Tracks);
        Assert.Empty((await search.FindAsync(" ' ", 10, Ct)).Tracks);
    }

    [Fact]
    public async Task Search_forgives_slips()
    {
        await SaveAsync(
            Track("t1", "1.mp3", "Jóga", "Björk", "Homogenic"), Track("t2", "2.mp3", "Clair de lune", "Debussy", "Suite bergamasque"),
            Track("t3", "3.mp3", "99 Luftballons", "Nena", "Nena"));
        using var search = Search();
        foreach (var (typed, meant, id) in new[]
        {
            ("bjrok", "bjork", "t1"), ("homogneic", "homogenic", "t1"), ("debusy clair", "debussy clair", "t2"), ("debbussy clair", "debussy clair", "t2"), ("luftbalons", "luftballons", "t3"),
            ("suite berga", null, "t2"), ("lufft", "luftballons", "t3"),
        })
        {
            var found = await search.FindAsync(typed, 10, Ct);
            Assert.Equal((typed, meant, id), (typed, found.Meant, string.Join(' ', found.Tracks.Select(track => track.Id))));
        }
        Assert.Empty((await search.FindAsync("xyz", 10, Ct)).Tracks);
        Assert.Empty((await search.FindAsync("completelyunknown", 10, Ct)).Tracks);
    }

    [Fact]
    public async Task Playlists_are_seen_and_changed_by_those_who_may()
    {
        await SaveAsync(Track("t1", "A/1.mp3", "One", "Ann", "A"), Track("t2", "A/2.mp3", "Two", "Ann", "A"), Track("t3", "B/1.mp3", "One", "Ben", "B"));
        var desk = new PlaylistDesk(new PlaylistStore(_database), new TrackStore(_database), _scans, TimeProvider.System);
        var (ann, ben, guest, chief) = (new PlaylistReader("ann", "Ann", false), new PlaylistReader("ben", "Ben", false), new PlaylistReader(null, "", false), new PlaylistReader("chief", "Chief", true));
        var mine = ((PlaylistOutcome.Done)await desk.CreateAsync("Mine", false, ["t1", "t2"], ann, Ct)).List;
        Assert.IsType<PlaylistOutcome.NotFound>(await desk.FindAsync(mine.Id, ben, Ct));
        Assert.IsType<PlaylistOutcome.NotFound>(await desk.RemoveAsync(mine.Id, chief, Ct));
        Assert.IsType<PlaylistOutcome.NotAllowed>(await desk.CreateAsync("Theirs", false, [], guest, Ct));
        Assert.IsType<PlaylistOutcome.OutOfRange>(await desk.CreateAsync("Unknown", false, ["t9"], ann, Ct));

        var shared = ((PlaylistOutcome.Done)await desk.DescribeAsync(mine.Id, "Ours", true, ann, Ct)).List;
        Assert.Equal((2, "Ours", true), (shared.Version, shared.Name, shared.Shared));
        Assert.IsType<PlaylistOutcome.Done>(await desk.FindAsync(mine.Id, guest, Ct));
        Assert.IsType<PlaylistOutcome.NotAllowed>(await desk.EditAsync(mine.Id, null, ben, tracks => tracks, Ct));
        Assert.IsType<PlaylistOutcome.Changed>(await desk.EditAsync(mine.Id, 1, ann, tracks => tracks, Ct));
        var edited = ((PlaylistOutcome.Done)await desk.EditAsync(mine.Id, 2, ann, ["t3"], tracks => PlaylistEdit.Insert(tracks, ["t3"], 1), Ct)).List;
        Assert.Equal(["t1", "t3", "t2"], edited.TrackIds);
        Assert.Equal(["t1", "t3", "t2"], ((PlaylistOutcome.Done)await desk.FindAsync(mine.Id, ann, Ct)).List.TrackIds);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => desk.EditAsync(mine.Id, null, ann, tracks => PlaylistEdit.Insert(tracks, ["t1"], null), Ct)));
        Assert.Equal(7, ((PlaylistOutcome.Done)await desk.FindAsync(mine.Id, ann, Ct)).List.TrackIds.Length);
        Assert.Equal(1, (await new PlaylistStore(_database).ListAsync(ben, "", PageRange.First, Ct)).Total);
        Assert.IsType<PlaylistOutcome.Done>(await desk.RemoveAsync(mine.Id, chief, Ct));
        Assert.Equal(0, (await new PlaylistStore(_database).ListAsync(ann, "", PageRange.First, Ct)).Total);

        var (name, ids, missing) = await desk.ReadAsync("#EXTM3U\r\n#PLAYLIST:Été\r\nC:\\Music\\B\\1.mp3\r\n#EXTINF:215,Ann - Two\r\nelsewhere.ogg\r\n1.mp3\r\n"u8.ToArray(), Ct);
        Assert.Equal(("Été", "t3 t2", "1.mp3"), (name, string.Join(' ', ids), string.Join(' ', missing.Select(entry => entry.Place))));
    }

    protected abstract Database Make();

    private LibrarySearch Search()
    {
        var tracks = new TrackStore(_database);
        var library = new MusicLibrary(tracks, Options.Create(new LibraryOptions()), new DataFolder("/nowhere"));
        return new LibrarySearch(new SearchIndex(_database), tracks, _catalog, library);
    }

    private async Task SaveAsync(params LibraryTrack[] tracks)
    {
        var touched = await _scans.SaveAsync(tracks, Ct);
        await _scans.GroupAsync(touched, _ => { }, Ct);
        await _scans.FoldersAsync([s_folder], Ct);
    }

    private async Task<List<string>> IdsAsync(TrackQuery query) =>
        [.. (await _catalog.TracksAsync(query, PageRange.First, Ct)).Items.Select(track => track.Id).Order()];

    private async Task<(int Albums, int Artists, int Genres, int Folders)> CountsAsync() => (
        (await _catalog.AlbumsAsync(new AlbumQuery(), PageRange.First, Ct)).Total, (await _catalog.ArtistsAsync(new ArtistQuery(), PageRange.First, Ct)).Total,
        (await _catalog.GenresAsync(PageRange.First, Ct)).Total, (await _catalog.FoldersAsync(null, PageRange.First, Ct)).Total);

    private static LibraryTrack By(LibraryTrack track, string albumArtist) =>
        track with { Tags = track.Tags with { AlbumArtist = albumArtist, AlbumArtists = [albumArtist] } };

    private static LibraryTrack Genre(LibraryTrack track, int year, params string[] genres) =>
        track with { Tags = track.Tags with { Year = year, Genres = [.. genres] } };

    private static LibraryTrack Track(string id, string path, string title, string artist, string album) => new(
        id, s_folder.Root, path, 100, 5, AudioTags.None with { Title = title, Artist = artist, Artists = CreditedNames.Artists(artist), Album = album },
        new SoundFormat(215_000_000, 2, 44_100, 900_000, "flac"), TrackCover.None, TrackState.Playable, "", 1_795_000_000_000_000);
}

public sealed class SqliteCatalogTests : CatalogTests
{
    private readonly TestFolder _folder = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    protected override Database Make() => new SqliteDatabase(new DataFolder(_folder.Path), NullLogger<Database>.Instance);
}

public sealed class PostgresCatalogTests(PostgresCluster cluster) : CatalogTests
{
    private string _connectionString = "";

    public override async ValueTask InitializeAsync()
    {
        _connectionString = await cluster.NewDatabaseAsync();
        await base.InitializeAsync();
    }

    protected override Database Make() => new PostgresDatabase(_connectionString, NullLogger<Database>.Instance);
}
