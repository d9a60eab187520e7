using Tutti.Server.Media;

namespace Tutti.Server.Tests.Media;

/// <summary>Where the decoder goes.</summary>
public sealed class CutPlanTests
{
    [Fact]
    public void A_decoder_enters_where_its_kind_of_sound_allows()
    {
        Assert.Equal((77, int.MaxValue), new CutPlan(EntryPoints.Anywhere).RunFor(77));
        Assert.Equal((72, 80), new CutPlan(EntryPoints.Chapters).RunFor(77));
        Assert.Equal((0, int.MaxValue), new CutPlan(EntryPoints.StartOnly).RunFor(77));
    }

    [Theory]
    [InlineData(EntryPoints.Anywhere, 10, true)]
    [InlineData(EntryPoints.Anywhere, 22, true)]
    [InlineData(EntryPoints.Anywhere, 23, false)]
    [InlineData(EntryPoints.Anywhere, 9, false)]
    [InlineData(EntryPoints.StartOnly, 9_000, true)]
    public void A_run_serves_what_it_reaches_sooner_than_a_new_one(EntryPoints kind, int segment, bool served) =>
        Assert.Equal(served, new CutPlan(kind).Serves(10, int.MaxValue, segment));

    [Fact]
    public void What_was_left_out_is_cut_after_what_follows_the_place_asked_for()
    {
        var plan = Cut(EntryPoints.Anywhere, 0, 1, 50, 51);
        Assert.Equal(52, plan.NextGap(50));
        plan.MarkCut(52);
        plan.MarkEnd((53 * 96_000) - 7);
        Assert.Equal(2, plan.NextGap(50));
        Assert.False(plan.IsWhole);
        for (var segment = 2; segment < 50; segment++)
        {
            plan.MarkCut(segment);
        }
        Assert.True(plan.IsWhole);
    }

    [Fact]
    public void A_run_ends_where_another_has_been()
    {
        Assert.True(Cut(EntryPoints.Anywhere, 5).HasMet(5, int.MaxValue));
        Assert.False(Cut(EntryPoints.Anywhere, 5).HasMet(4, int.MaxValue));
        Assert.False(Cut(EntryPoints.Chapters, 5).HasMet(5, 8));
        Assert.True(Cut(EntryPoints.Chapters, 5, 6, 7).HasMet(5, 8));
        Assert.False(Cut(EntryPoints.StartOnly, 5).HasMet(5, int.MaxValue));
    }

    [Fact]
    public void A_place_that_gave_nothing_is_not_entered_again()
    {
        var plan = Cut(EntryPoints.Anywhere, 0);
        plan.MarkNothingFrom(100);
        Assert.False(plan.MayExist(100));
        Assert.True(plan.MayExist(99));
        Assert.Equal(1, plan.NextGap(100));
    }

    private static CutPlan Cut(EntryPoints kind, params int[] segments)
    {
        var plan = new CutPlan(kind);
        Array.ForEach(segments, plan.MarkCut);
        return plan;
    }
}
