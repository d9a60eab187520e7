using Tutti.Server.Library;
using Tutti.Server.Library.Scanning;

namespace Tutti.Server.Tests.Library;

/// <summary>Which folders a scan walks after a change, and what it goes by in the others.</summary>
public sealed class ScanScopeTests
{
    private const string Root = "/music";
    private static readonly MusicFolder s_folder = new(Root, "music");

    [Fact]
    public void A_file_is_its_directory_alone_and_a_directory_is_all_below_it_too()
    {
        var scope = ScanScope.Nothing.With(Root, "A/B/song.mp3", isFile: true).With(Root, "C/D", isFile: false);
        Assert.Equal([("A/B", false), ("C", false), ("C/D", true)], scope.Directories.Select(place => (place.Directory, place.Below)).Order());
        Assert.True(scope.Has(Root, "A/B"));
        Assert.True(scope.Has(Root, "C"));
        Assert.True(scope.Has(Root, "C/D/E/F"));
        Assert.False(scope.Has(Root, "A"));
        Assert.False(scope.Has(Root, "A/B/C"));
        Assert.False(scope.Has(Root, "C/Dx"));
        Assert.False(scope.Has("/other", "A/B"));
    }

    [Fact]
    public void What_is_walked_as_a_part_of_something_is_not_walked_twice()
    {
        var scope = ScanScope.Nothing.With(Root, "A", isFile: false).With(Root, "A/B", isFile: false).With(Root, "A/B/C/song.mp3", isFile: true);
        Assert.Equal([("", false), ("A", true)], scope.Directories.Select(place => (place.Directory, place.Below)).Order());
    }

    [Fact]
    public void Hidden_places_are_none_and_a_root_or_too_many_places_are_everything()
    {
        Assert.Same(ScanScope.Nothing, ScanScope.Nothing.With(Root, ".trash/song.mp3", isFile: true));
        Assert.Same(ScanScope.Nothing, ScanScope.Nothing.With(Root, "A/.part/x", isFile: false));
        Assert.True(ScanScope.Nothing.With(Root, "", isFile: false).IsEverything);
        Assert.True(ScanScope.Everything.With(Root, "A/x.mp3", isFile: true).IsEverything);
        Assert.True(ScanScope.Nothing.With(Root, "A/x.mp3", isFile: true).With(ScanScope.Everything).IsEverything);
        var many = Enumerable.Range(0, 1_001).Aggregate(ScanScope.Nothing, (scope, n) => scope.With(Root, $"{n}/x.mp3", isFile: true));
        Assert.True(many.IsEverything);
    }

    [Fact]
    public void Requests_are_put_together_until_they_are_taken()
    {
        var requests = new ScanRequests();
        requests.Add(ScanScope.Nothing);
        Assert.False(requests.Heard());
        requests.Add(ScanScope.Nothing.With(Root, "A/x.mp3", isFile: true));
        requests.Add(ScanScope.Nothing.With(Root, "B/x.mp3", isFile: true));
        Assert.True(requests.Heard());
        Assert.Equal(["A", "B"], requests.Take().Directories.Select(place => place.Directory).Order());
        Assert.Empty(requests.Take().Directories);
    }

    [Fact]
    public void Files_elsewhere_are_taken_to_be_there_but_for_one_that_may_have_come_from_there()
    {
        var looked = new List<string>();
        var scope = ScanScope.Nothing.With(Root, "new/song.mp3", isFile: true);
        KnownFile[] known = [Known("old/song.mp3", 10), Known("old/same size.mp3", 20), Known("old/other.mp3", 30), Known("old/lost.mp3", 40, TrackState.Missing), Known("new/gone.mp3", 50)];
        FoundFile[] walked = [new(s_folder, "new/song.mp3", 20, 1)];
        var finds = FolderFinds.Of(walked, scope, known, [s_folder], path =>
        {
            looked.Add(path);
            return path.EndsWith("song.mp3", StringComparison.Ordinal);
        });

        Assert.Equal(["/music/old/song.mp3", "/music/old/same size.mp3"], looked);
        Assert.Equal(["old/song.mp3", "old/other.mp3"], finds.Kept.Select(file => file.Path));
        Assert.Equal(3, finds.All.Count);
    }

    [Fact]
    public void Of_a_folder_that_is_away_nothing_is_taken_to_be_there()
    {
        var scope = ScanScope.Nothing.With(Root, "new/song.mp3", isFile: true);
        Assert.Empty(FolderFinds.Of([], scope, [Known("old/song.mp3", 10)], [], static _ => true).All);
    }

    private static KnownFile Known(string path, long size, TrackState state = TrackState.Playable) => new("t" + path, Root, path, size, 1, state, 1, 1, 1, "", path);
}
