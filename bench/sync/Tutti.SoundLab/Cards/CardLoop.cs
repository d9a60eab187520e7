using System.Runtime.InteropServices;
using Tutti.SoundLab.Machine;
using Tutti.SoundLab.Signals;

namespace Tutti.SoundLab.Cards;

/// <summary>
/// The sound cards themselves: the whole life of a child process that does nothing else. Each card takes frames out of its FIFO at exactly
/// 48,000 × (1 + ppm / 10⁶) a second, silence where the FIFO is empty. What is left in the FIFO is the latency that PulseAudio tells the
/// player, true to one tick of 1 ms.
/// </summary>
/// <remarks>
/// While the cards run nothing is allocated, no page is touched for the first time and no file is written: everything is kept in locked
/// memory and written out at the end. The cards run until standard input closes, so they cannot outlive their parent.
/// </remarks>
internal static unsafe class CardLoop
{
    private const long TickNanos = 1_000_000;
    private const long StoodStillNanos = 500_000_000;
    private const int FrameBytes = 2 * sizeof(float);

    // 43 ms of sound: PulseAudio keeps a pipe full, so its size is the card's own latency.
    private const int PipeBytes = 16_384;

    private static volatile bool s_ending;

    /// <param name="folder">Where card1.raw, card2.raw … go: stereo 32-bit float.</param>
    /// <param name="seconds">Longest recording.</param>
    /// <param name="cards">FIFO and clock error of each.</param>
    /// <returns>Exit code.</returns>
    public static int Run(string folder, int seconds, IReadOnlyList<(string Fifo, double Ppm)> cards)
    {
        var states = (Card*)NativeMemory.AllocZeroed((nuint)cards.Count, (nuint)sizeof(Card));
        for (var i = 0; i < cards.Count; i++)
        {
            states[i] = Card.Open(cards[i].Fifo, cards[i].Ppm, seconds);
        }

        _ = Libc.LockMemory(Libc.LockCurrent);
        new Thread(EndWithParent) { IsBackground = true }.Start();
        var start = Libc.MonotonicNanos() + 50 * TickNanos;
        var realtime = RealTime.RaiseThisThread(RealTime.Card);
        Console.Out.WriteLine($"ready {start} {realtime}");
        Console.Out.Flush();
        ProcessorWatch[] watches = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(processor => new ProcessorWatch(processor, start))];
        var worstLateNanos = Turn(states, cards.Count, start);
        var holds = watches.SelectMany(watch => watch.Finish().Select(hold => $"{hold.SinceStartNanos}:{hold.LateNanos}:{watch.Processor}")).ToArray();
        for (var i = 0; i < cards.Count; i++)
        {
            states[i].Save(Path.Combine(folder, $"card{i + 1}.raw"));
        }

        Console.Out.WriteLine($"late {worstLateNanos} {string.Join(' ', holds)}");
        return 0;
    }

    private static long Turn(Card* cards, int count, long start)
    {
        var tick = start;
        long worstLate = 0;
        var room = true;
        while (!s_ending && room)
        {
            tick += TickNanos;
            Libc.WaitUntil(tick);
            var now = Libc.MonotonicNanos();
            var late = now - tick;
            worstLate = Math.Max(worstLate, late);
            if (late > StoodStillNanos)
            {
                tick = now;
            }

            for (var i = 0; i < count; i++)
            {
                room &= cards[i].Consume(now - start);
            }
        }

        return worstLate;
    }

    private static void EndWithParent()
    {
        using var input = Console.OpenStandardInput();
        _ = input.ReadByte();
        s_ending = true;
    }

    private struct Card
    {
        private int _fifo;
        private double _framesPerNano;
        private byte* _sound;
        private long _played;
        private long _capacity;

        public static Card Open(string fifo, double ppm, int seconds)
        {
            var descriptor = Libc.Open(fifo, Libc.OpenReadOnly | Libc.OpenNonBlocking);
            if (descriptor < 0 || Libc.Fcntl(descriptor, Libc.SetPipeSize, PipeBytes) < 0)
            {
                throw new IOException($"{fifo}: error {Marshal.GetLastPInvokeError()}");
            }

            Card card = new()
            {
                _fifo = descriptor,
                _framesPerNano = TestTrack.SampleRate * (1 + ppm / 1e6) / 1e9,
                _capacity = (long)seconds * TestTrack.SampleRate,
            };
            var bytes = (nuint)(card._capacity * FrameBytes);
            card._sound = (byte*)NativeMemory.Alloc(bytes);
            NativeMemory.Clear(card._sound, bytes);
            return card;
        }

        /// <summary>Plays up to a moment; false when the recording is full.</summary>
        public bool Consume(long sinceStartNanos)
        {
            var due = Math.Min(_capacity, (long)(sinceStartNanos * _framesPerNano)) - _played;
            if (due > 0)
            {
                // PulseAudio writes whole frames. What is not there stays the silence that the memory was filled with.
                _ = Libc.Read(_fifo, _sound + _played * FrameBytes, (nint)(due * FrameBytes));
                _played += due;
            }

            return _played < _capacity;
        }

        public readonly void Save(string path)
        {
            using UnmanagedMemoryStream memory = new(_sound, _played * FrameBytes);
            using var file = File.Create(path);
            memory.CopyTo(file);
        }
    }
}
