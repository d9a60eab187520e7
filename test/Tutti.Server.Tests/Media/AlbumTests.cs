using System.Runtime.InteropServices;
using Tutti.Server.Media;

namespace Tutti.Server.Tests.Media;

/// <summary>One piece of music cut into ten tracks, encoded one by one, and played one after the other: is it the piece again?</summary>
public sealed class AlbumTests : IDisposable
{
    private const int Tracks = 10;
    private const double TrackSeconds = 2.6;
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("wav", 48_000, "-c:a pcm_s16le")]
    [InlineData("flac", 48_000, "-c:a flac")]
    [InlineData("m4a", 48_000, "-c:a alac")]
    [InlineData("wv", 48_000, "-c:a wavpack")]
    public async Task Lossless_at_48_kHz_is_the_piece_bit_for_bit(string ending, int rate, string codec)
    {
        var piece = Piece(rate);
        Assert.Equal(piece, (await PlayAsync(piece, rate, ending, codec)).SelectMany(track => track));
    }

    [Theory]
    [InlineData("flac", 44_100, "-c:a flac")]
    [InlineData("m4a", 44_100, "-c:a alac")]
    [InlineData("wav", 96_000, "-c:a pcm_s16le")]
    public async Task Lossless_at_other_rates_has_the_exact_length_and_is_the_piece_to_the_joins(string ending, int rate, string codec)
    {
        var tracks = await PlayAsync(Piece(rate), rate, ending, codec);
        foreach (var edge in Edges(tracks, rate))
        {
            // −60 dB of the piece's peak, where a filter that meets silence has −6.
            Assert.InRange(edge.Largest(0), 0, 0.0006);
        }
    }

    [Theory]
    [InlineData("mp3", 44_100, "-c:a libmp3lame -b:a 320k")]
    [InlineData("mp3", 48_000, "-c:a libmp3lame -q:a 2")]
    [InlineData("m4a", 44_100, "-c:a aac -b:a 256k")]
    [InlineData("m4a", 48_000, "-c:a aac -b:a 192k")]
    [InlineData("ogg", 44_100, "-c:a libvorbis -q:a 7")]
    [InlineData("opus", 48_000, "-c:a libopus -b:a 192k")]
    public async Task Lossy_has_the_exact_length_and_goes_up_to_the_joins_at_its_place(string ending, int rate, string codec)
    {
        var tracks = await PlayAsync(Piece(rate), rate, ending, codec);
        foreach (var edge in Edges(tracks, rate))
        {
            // An encoder that sees but one side of a hard edge smears it; what is left of its error must be that, and not a wrong place.
            var best = Enumerable.Range(-12, 25).MinBy(edge.Error);
            Assert.True(best == 0 && edge.Error(0) < 0.25, $"track {edge.Track}: off by {best} samples, error {edge.Error(0):0.000}");
        }
    }

    private static IEnumerable<Edge> Edges(List<short[]> tracks, int rate)
    {
        var cuts = Cuts(rate);
        for (var track = 0; track < Tracks; track++)
        {
            var samples = tracks[track].Length / 2;
            Assert.Equal((long)Math.Round((cuts[track + 1] - cuts[track]) * 48_000.0 / rate, MidpointRounding.AwayFromZero), samples);
            var start = cuts[track] / (double)rate;
            yield return new Edge(track, tracks[track], 0, start);
            yield return new Edge(track, tracks[track], samples - 480, start);
        }
    }

    // The first or last 10 ms of a track, which starts at so many seconds of the piece.
    private sealed record Edge(int Track, short[] Sound, int From, double StartSeconds)
    {
        public double Largest(int shift) => Differences(shift).Max(pair => Math.Abs(pair.Difference));

        // Of the sound's own power, were it so many samples further on.
        public double Error(int shift) =>
            Math.Sqrt(Differences(shift).Sum(pair => pair.Difference * pair.Difference) / Differences(shift).Sum(pair => pair.Ideal * pair.Ideal));

        private IEnumerable<(double Difference, double Ideal)> Differences(int shift) => Enumerable.Range(From, 480).Select(n =>
        {
            var ideal = At(StartSeconds + ((n + shift) / 48_000.0)).Left;
            return ((Sound[2 * n] / 32_768.0) - ideal, ideal);
        });
    }

    private static (double Left, double Right) At(double seconds)
    {
        var phase = 2 * Math.PI * seconds;
        return ((0.3 * Math.Sin(220 * phase)) + (0.2 * Math.Sin(1237 * phase)) + (0.05 * Math.Sin(6000 * phase)),
            (0.3 * Math.Sin(277 * phase)) + (0.2 * Math.Sin(831 * phase)));
    }

    private static int[] Cuts(int rate) =>
        [.. Enumerable.Range(0, Tracks + 1).Select(track => (int)(TrackSeconds * rate * track) + (track is 0 or Tracks ? 0 : track * 37 % 101))];

    private static short[] Piece(int rate)
    {
        var piece = new short[2 * Cuts(rate)[^1]];
        for (var n = 0; n < piece.Length / 2; n++)
        {
            var (left, right) = At(n / (double)rate);
            piece[2 * n] = (short)Math.Round(left * 32_768);
            piece[(2 * n) + 1] = (short)Math.Round(right * 32_768);
        }
        return piece;
    }

    private async Task<List<short[]>> PlayAsync(short[] piece, int rate, string ending, string codec)
    {
        var cuts = Cuts(rate);
        await using var bench = new MediaBench(_folder.Within("data", "x"));
        var tracks = new List<short[]>();
        for (var track = 0; track < Tracks; track++)
        {
            var raw = _folder.Within("track.raw");
            await File.WriteAllBytesAsync(
                raw, MemoryMarshal.AsBytes(piece.AsSpan(2 * cuts[track], 2 * (cuts[track + 1] - cuts[track]))).ToArray(), TestContext.Current.CancellationToken);
            var file = _folder.Within($"{track}.{ending}");
            await Ffmpeg.RunAsync(["-v", "error", "-y", "-f", "s16le", "-ar", $"{rate}", "-ac", "2", "-i", raw, .. codec.Split(' '), file]);
            var segments = await bench.ReadAllAsync((await bench.PrepareAsync(file)).Key);
            tracks.Add(await Ffmpeg.JoinAsync(_folder, segments));
        }
        return tracks;
    }
}
