using System.Runtime.InteropServices;
using Tutti.SoundLab.Signals;

namespace Tutti.SoundLab.SelfTest;

/// <summary>A player as plain as can be: writes the track to PulseAudio and asks for the latency all along.</summary>
internal static unsafe partial class PulseClient
{
    private const int FloatLittleEndian = 5, Playback = 1, Stereo = 2, Step = TestTrack.SampleRate / 100;
    private static readonly long s_slowestAskNanos = 3_000_000;

    /// <summary>
    /// Plays for a while and returns when, by the latency that it was told, sample 0 of the track was heard (monotonic clock, median).
    /// </summary>
    /// <param name="server">Address of the sound server.</param>
    /// <param name="bufferMs">How much sound the player wants to have waiting.</param>
    public static long Play(string server, string sink, TestTrack track, int bufferMs, TimeSpan length)
    {
        var specification = new Specification { Format = FloatLittleEndian, Rate = TestTrack.SampleRate, Channels = Stereo };
        var attributes = new BufferAttributes
        {
            Longest = uint.MaxValue,
            Wanted = (uint)(bufferMs * TestTrack.SampleRate / 1000 * Stereo * sizeof(float)),
            BeforeStart = uint.MaxValue,
            LeastAsked = uint.MaxValue,
            Fragment = uint.MaxValue,
        };
        int error;
        var stream = Open(server, "sound lab", Playback, sink, "track", &specification, null, &attributes, &error);
        if (stream == 0)
        {
            throw new InvalidOperationException($"PulseAudio refused the stream: error {error}");
        }

        try
        {
            return Feed(stream, track, length);
        }
        finally
        {
            Free(stream);
        }
    }

    private static long Feed(nint stream, TestTrack track, TimeSpan length)
    {
        List<long> heard = [];
        var frames = stackalloc float[Step * Stereo];
        for (var at = 0; at < length.TotalSeconds * TestTrack.SampleRate; at += Step)
        {
            for (var i = 0; i < Step; i++)
            {
                frames[2 * i] = frames[2 * i + 1] = track.Samples[at + i];
            }

            _ = Write(stream, frames, Step * Stereo * sizeof(float), null);
            if (at < TestTrack.SampleRate / 2 || at / Step % 5 != 0)
            {
                continue;
            }

            var before = Machine.Libc.MonotonicNanos();
            var latencyNanos = (long)Latency(stream, null) * 1000;
            var after = Machine.Libc.MonotonicNanos();
            if (after - before < s_slowestAskNanos)
            {
                heard.Add((before + after) / 2 + latencyNanos - (long)((at + Step) * (1e9 / TestTrack.SampleRate)));
            }
        }

        heard.Sort();
        return heard[heard.Count / 2];
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Specification
    {
        public int Format;
        public uint Rate;
        public byte Channels;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct BufferAttributes
    {
        public uint Longest, Wanted, BeforeStart, LeastAsked, Fragment;
    }

    [LibraryImport("libpulse-simple.so.0", EntryPoint = "pa_simple_new", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Open(
        string server, string name, int direction, string sink, string stream, Specification* specification, void* map,
        BufferAttributes* attributes, int* error);

    [LibraryImport("libpulse-simple.so.0", EntryPoint = "pa_simple_write")]
    private static partial int Write(nint stream, void* data, nuint bytes, int* error);

    [LibraryImport("libpulse-simple.so.0", EntryPoint = "pa_simple_get_latency")]
    private static partial ulong Latency(nint stream, int* error);

    [LibraryImport("libpulse-simple.so.0", EntryPoint = "pa_simple_free")]
    private static partial void Free(nint stream);
}
