using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Tutti.SoundLab.Machine;
using Tutti.SoundLab.Signals;

namespace Tutti.SoundLab.Network;

/// <summary>
/// A slow link: the whole life of a child process. It goes into a network namespace of its own, which players then enter, and carries
/// packets between one interface there and one here. Namespace and interfaces are gone when the process and those players are.
/// (What <c>tc netem</c> does, for kernels without it.)
/// </summary>
internal static unsafe class LinkLoop
{
    private const int LongestPacket = 65_536;
    private const string InnerName = "tuttilink";

    /// <summary>Runs until standard input closes. MUST be called on the process's first thread: that one's namespace is what others enter.</summary>
    /// <param name="outerName">Interface here.</param>
    /// <param name="outer">Its address, the server's as the players see it.</param>
    /// <param name="inner">The players' address.</param>
    public static int Run(string outerName, string outer, string inner, LinkShape shape)
    {
        var outside = TunDevice.Create(outerName);
        Ip($"addr add {outer} peer {inner} dev {outerName}");
        Ip($"link set {outerName} up");
        if (Libc.Unshare(Libc.NewNetwork) != 0)
        {
            throw new IOException($"no network namespace: error {Marshal.GetLastPInvokeError()}");
        }

        var inside = TunDevice.Create(InnerName);
        Ip("link set lo up");
        Ip($"addr add {inner} peer {outer} dev {InnerName}");
        Ip($"link set {InnerName} up");
        _ = RealTime.RaiseThisThread(RealTime.Shared);
        Console.Out.WriteLine("ready");
        Console.Out.Flush();
        NoiseSource noise = new(seed: 1);
        Carry(
            new Direction(inside, outside, shape.Direction(DelayedWay.Up), shape.LossPercent, noise),
            new Direction(outside, inside, shape.Direction(DelayedWay.Down), shape.LossPercent, noise));
        return 0;
    }

    private static void Carry(Direction up, Direction down)
    {
        const int StandardInput = 0;
        var waiting = stackalloc Libc.PollEntry[3];
        waiting[0] = new Libc.PollEntry { Descriptor = StandardInput, Wanted = Libc.PollIn };
        waiting[1] = new Libc.PollEntry { Descriptor = up.From, Wanted = Libc.PollIn };
        waiting[2] = new Libc.PollEntry { Descriptor = down.From, Wanted = Libc.PollIn };
        while (true)
        {
            var longest = Libc.Timespec.Of(Math.Max(0, Math.Min(up.NextDueNanos, down.NextDueNanos) - Libc.MonotonicNanos()));
            _ = Libc.Poll(waiting, 3, &longest, null);
            if (waiting[0].Happened != 0)
            {
                return;
            }

            up.Take();
            down.Take();
            up.Deliver();
            down.Deliver();
        }
    }

    private static void Ip(string arguments)
    {
        using var ip = Process.Start("ip", arguments);
        ip.WaitForExit();
        if (ip.ExitCode != 0)
        {
            throw new IOException($"ip {arguments}: exit code {ip.ExitCode.ToString(CultureInfo.InvariantCulture)}");
        }
    }

    /// <summary>One way through the link.</summary>
    private sealed class Direction(int from, int to, (double DelayMs, double JitterMs) shape, double lossPercent, NoiseSource noise)
    {
        private const long IdleNanos = 1_000_000_000;
        private readonly Queue<(long DueNanos, byte[] Packet)> _queue = [];
        private readonly byte[] _buffer = new byte[LongestPacket];
        private long _lastDueNanos;

        public int From => from;

        public long NextDueNanos => _queue.TryPeek(out var next) ? next.DueNanos : Libc.MonotonicNanos() + IdleNanos;

        public void Take()
        {
            fixed (byte* into = _buffer)
            {
                nint length;
                while ((length = Libc.Read(from, into, LongestPacket)) > 0)
                {
                    if (noise.Uniform() * 100 < lossPercent)
                    {
                        continue;
                    }

                    var delayMs = Math.Max(0, shape.DelayMs + shape.JitterMs * noise.Next());
                    _lastDueNanos = Math.Max(_lastDueNanos, Libc.MonotonicNanos() + (long)(delayMs * 1e6));
                    _queue.Enqueue((_lastDueNanos, _buffer[..(int)length]));
                }
            }
        }

        public void Deliver()
        {
            while (_queue.TryPeek(out var next) && next.DueNanos <= Libc.MonotonicNanos())
            {
                _queue.Dequeue();
                fixed (byte* packet = next.Packet)
                {
                    // A packet that the other side does not take is lost, as on any link.
                    _ = Libc.Write(to, packet, next.Packet.Length);
                }
            }
        }
    }
}
