using Tutti.SoundLab.Signals;

namespace Tutti.SoundLab.Analysis;

/// <summary>Turns a recording of players of one track into figures.</summary>
public static class Analyser
{
    private const int Second = TestTrack.SampleRate;
    private const double CloseMs = 1;

    /// <summary>Judges [from, to) of the recording, samples.</summary>
    public static SoundReport Judge(Recording recording, TestTrack track, int from, int to)
    {
        from = Math.Clamp(from, 0, recording.Length);
        to = Math.Clamp(to, from, recording.Length);
        var followed = Follow(recording, track);
        return new SoundReport(
            (double)from / Second,
            (double)to / Second,
            [.. followed.Select((places, player) => JudgePlayer(recording, player, places, from, to))],
            [.. Pairs(followed.Length).AsParallel().AsOrdered().Select(pair => JudgePair(recording, followed, pair, from, to))],
            [.. recording.HoldsIn(from, to)]);
    }

    /// <summary>Places of every player over the whole recording.</summary>
    public static PlaceSeries[] Follow(Recording recording, TestTrack track) =>
        [.. recording.Sounds.AsParallel().AsOrdered().Select(sound => new PlaceTracker(track).Follow(sound, 0, sound.Length))];

    /// <summary>
    /// Seconds from sample <paramref name="since"/> until two players are within 1 ms of each other for good (up to <paramref name="to"/>):
    /// the begin of the first 85 ms window after the last one that is not. 0 = they never were farther. Null = never for good, which needs
    /// at least a second of it.
    /// </summary>
    public static double? CloseForGoodAfter(PlaceSeries first, PlaceSeries second, int since, int to)
    {
        var windows = first.Inside(since, to).ToArray();
        var last = Array.FindLastIndex(windows, i => !(Math.Abs(PlaceSeries.Milliseconds(first.Lead[i] - second.Lead[i])) <= CloseMs));
        return last < 0 ? 0
            : windows.Length - 1 - last < Second / PlaceSeries.Hop ? null
            : (double)(first.At(windows[last + 1]) - since) / Second;
    }

    private static PlayerReport JudgePlayer(Recording recording, int player, PlaceSeries places, int from, int to)
    {
        var windows = places.Inside(from, to).ToArray();
        var heights = windows.Where(i => double.IsFinite(places.Lead[i])).Select(i => places.Heights[i]).ToArray();
        return new PlayerReport(
            player + 1,
            recording.FirstSound(player) is { } first ? (double)first / Second : null,
            places.RatePpm(from, to),
            windows.Length - heights.Length,
            windows.Length,
            Order.Median(heights),
            Glitches.Dropouts(recording.Sounds[player], from, to),
            Glitches.Jumps(places, from, to));
    }

    private static PairReport JudgePair(Recording recording, PlaceSeries[] followed, (int First, int Second) pair, int from, int to)
    {
        var (first, second) = (followed[pair.First], followed[pair.Second]);
        int[] starts = [.. Enumerable.Range(0, (to - from) / Second).Select(i => from + i * Second)];
        DirectOffset correlation = new();
        var byTrack = Array.ConvertAll(starts, at => PlaceSeries.Milliseconds(first.MedianLead(at, at + Second) - second.MedianLead(at, at + Second)));
        var direct = Array.ConvertAll(starts, at => correlation.Milliseconds(recording.Sounds[pair.First], recording.Sounds[pair.Second], at));
        double[] fine = [.. first.Inside(from, to).Select(i => Math.Abs(PlaceSeries.Milliseconds(first.Lead[i] - second.Lead[i]))).Where(double.IsFinite)];
        var bothSound = recording.FirstSound(pair.First) is { } a && recording.FirstSound(pair.Second) is { } b ? Math.Max(a, b) : (int?)null;
        return new PairReport(
            pair.First + 1,
            pair.Second + 1,
            OffsetSummary.Of(byTrack),
            OffsetSummary.Of(direct),
            Order.Median([.. byTrack.Zip(direct, (x, y) => Math.Abs(x - y)).Where(double.IsFinite)]),
            fine.Length > 0 ? fine.Max() : double.NaN,
            bothSound is { } since ? CloseForGoodAfter(first, second, since, to) : null,
            byTrack);
    }

    private static (int First, int Second)[] Pairs(int players) =>
        [.. from first in Enumerable.Range(0, players) from second in Enumerable.Range(first + 1, players - first - 1) select (first, second)];
}
