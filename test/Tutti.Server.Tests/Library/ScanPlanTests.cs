using Tutti.Server.Library;
using Tutti.Server.Library.Scanning;
using Tutti.Server.Library.Tags;

namespace Tutti.Server.Tests.Library;

/// <summary>What was known against what was found: by places, sizes and times of change alone.</summary>
public sealed class ScanPlanTests
{
    private const string Root = "/music";
    private static readonly MusicFolder s_folder = new(Root, "music");

    [Fact]
    public void What_lies_in_a_folder_that_cannot_be_opened_is_neither_there_nor_gone()
    {
        KnownFile[] known = [Known("A/1.mp3", 1), Known("A/B/2.mp3", 2), Known("AB/3.mp3", 3)];
        Assert.Equal(["AB/3.mp3"], Plan([], known, "/music/A").Moves.Gone.Select(file => file.Path));
        Assert.Empty(Plan([], known, "/music").Moves.Gone);
        Assert.Equal(3, Plan([], known).Moves.Gone.Count);
    }

    [Fact]
    public void A_file_in_whose_place_another_ones_lies_is_displaced()
    {
        KnownFile[] known = [Known("1.mp3", 10), Known("2.mp3", 20), Known("3.mp3", 30)];
        Assert.Equal(["1.mp3", "2.mp3"], Displaced([Found("1.mp3", 20), Found("2.mp3", 10), Found("3.mp3", 30)], known));
        Assert.Equal(["2.mp3"], Displaced([Found("2.mp3", 10), Found("3.mp3", 30)], known));
    }

    [Fact]
    public void A_file_that_changed_or_was_replaced_by_a_copy_is_the_one_that_was_there()
    {
        KnownFile[] known = [Known("1.mp3", 10), Known("2.mp3", 20)];
        Assert.Empty(Displaced([Found("1.mp3", 11), Found("2.mp3", 20)], known));
        Assert.Empty(Displaced([Found("1.mp3", 20), Found("2.mp3", 20)], known));
        Assert.Empty(Displaced([Found("1.mp3", 11), Found("backup.mp3", 10), Found("2.mp3", 20)], known));
        Assert.Empty(Displaced([Found("1.mp3", 10), Found("2.mp3", 20)], known));
    }

    private static IEnumerable<string> Displaced(FoundFile[] found, KnownFile[] known) => Plan(found, known).Displaced.Select(file => file.Path).Order();

    private static ScanPlan Plan(FoundFile[] found, KnownFile[] known, params string[] shut) => ScanPlan.Of(found, known, [s_folder], [s_folder], shut);

    private static FoundFile Found(string path, long size) => new(s_folder, path, size, 1);

    private static KnownFile Known(string path, long size) => new("t" + path, Root, path, size, 1, TrackState.Playable, TagReading.Version, 1, 1, "", path);
}
