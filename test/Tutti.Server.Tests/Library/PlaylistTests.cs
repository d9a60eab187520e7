using System.Collections.Immutable;
using System.Text;
using Tutti.Server.Library;
using Tutti.Server.Library.Playlists;
using Tutti.Server.Library.Tags;

namespace Tutti.Server.Tests.Library;

/// <summary>Playlists: changes by place, and M3U files as other players write them.</summary>
public sealed class PlaylistTests
{
    private static readonly ImmutableArray<string> s_tracks = ["a", "b", "c", "d"];

    [Theory]
    [InlineData(0, 2, 1, "bcad")]
    [InlineData(3, 0, 1, "dabc")]
    [InlineData(1, 0, 2, "bcad")]
    [InlineData(0, 2, 2, "cdab")]
    [InlineData(0, 0, 4, "abcd")]
    [InlineData(0, 3, 2, null)]
    [InlineData(-1, 0, 1, null)]
    [InlineData(3, 0, 2, null)]
    [InlineData(0, 0, 0, null)]
    [InlineData(int.MaxValue, 0, int.MaxValue, null)]
    public void Tracks_move_to_where_they_are_wanted(int from, int to, int count, string? expected) =>
        Assert.Equal(expected, PlaylistEdit.Move(s_tracks, from, to, count) is { } moved ? string.Concat(moved) : null);

    [Fact]
    public void Places_that_do_not_exist_are_refused()
    {
        Assert.Null(PlaylistEdit.Insert(s_tracks, ["x"], 5));
        Assert.Null(PlaylistEdit.Insert(s_tracks, ["x"], -1));
        Assert.Null(PlaylistEdit.Insert(s_tracks, [.. Enumerable.Repeat("x", Playlist.MaxTracks)], null));
        Assert.Null(PlaylistEdit.Remove(s_tracks, 3, 2));
        Assert.Equal("abxcd", string.Concat(PlaylistEdit.Insert(s_tracks, ["x"], 2)!.Value));
        Assert.Equal("ad", string.Concat(PlaylistEdit.Remove(s_tracks, 1, 2)!.Value));
    }

    [Theory]
    [InlineData("#EXTM3U\n#EXTINF:215,Ann - Song\na/b.mp3\n")]
    [InlineData("\uFEFF#EXTM3U\r\n#EXTINF:215 group=\"x\",Ann - Song\r\n\r\n  a/b.mp3  \r\n#a comment")]
    [InlineData("#extinf:215.5,Ann - Song\ra/b.mp3")]
    public void Files_of_many_players_read_the_same(string file) =>
        Assert.Equal(new M3uEntry("a/b.mp3", "Ann - Song", 215), Assert.Single(M3u.Read(Encoding.UTF8.GetBytes(file)).Entries));

    [Fact]
    public void Old_files_are_Latin_1_and_rubbish_is_none()
    {
        Assert.Equal("Été.mp3", Assert.Single(M3u.Read(Encoding.Latin1.GetBytes("Été.mp3")).Entries).Place);
        Assert.Empty(M3u.Read([]).Entries);
        Assert.Equal(M3u.MaxEntries, M3u.Read(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("x\n", M3u.MaxEntries + 5)))).Entries.Count);
    }

    [Theory]
    [InlineData("A/Été\n.flac", "A/Été .flac")]
    [InlineData("#1 hits/a.flac", "./#1 hits/a.flac")]
    [InlineData(" a.flac", "./ a.flac")]
    public void What_is_written_is_read_again(string path, string place)
    {
        var track = new LibraryTrack(
            "t1", "/music", path, 1, 1, AudioTags.None with { Title = "Song", Artist = "Ann" }, new SoundFormat(215_400_000, 2, 0, 0, ""), TrackCover.None,
            TrackState.Playable, "", 0);
        var (name, entries) = M3u.Read(Encoding.UTF8.GetBytes(M3u.Write("My list", [track])));
        Assert.Equal(("My list", new M3uEntry(place, "Ann - Song", 215)), (name, Assert.Single(entries)));
    }

    [Theory]
    [InlineData("/mnt/other/A/Home/1.flac", "", null, "t1")]
    [InlineData("C:\\Music\\B\\Home\\1.FLAC", "", null, "t2")]
    [InlineData("file:///srv/B/Home/1.flac", "", null, "t2")]
    [InlineData("file:///srv/D%20%231/100%25.flac", "", null, "t3")]
    [InlineData("../D%20%231/100%25.flac", "", null, "t3")]
    [InlineData("./D #1/100%.flac", "", null, "t3")]
    [InlineData("Home/1.flac", "", null, null)]
    [InlineData("Home/1.flac", "ann - one", 215, "t1")]
    [InlineData("gone.mp3", "Ann - One", 30, null)]
    [InlineData("gone.mp3", "Ann - One", null, "t1")]
    [InlineData("http://radio.example/live", "", null, null)]
    public void An_entry_finds_its_track_by_place_or_names(string place, string title, int? seconds, string? id)
    {
        var match = new M3uMatch([new("t1", "A/Home/1.flac", "Ann", "One", 215_000_000), new("t2", "B/Home/1.flac", "Ben", "One", 100_000_000), new("t3", "D #1/100%.flac", "Cid", "All", 1)]);
        Assert.Equal(id, match.Find(new M3uEntry(place, title, seconds)));
    }
}
