using System.Runtime.InteropServices;

namespace Tutti.SoundLab.Machine;

/// <summary>The few Linux calls that .NET does not offer. Failures are −1 with <see cref="Marshal.GetLastPInvokeError"/>.</summary>
internal static unsafe partial class Libc
{
    public const int OpenReadOnly = 0, OpenReadWrite = 2, OpenNonBlocking = 0x800;
    public const int SetPipeSize = 1031;
    public const int ClockMonotonic = 1, AbsoluteTime = 1;
    public const int SchedulerFifo = 1;
    public const int LockCurrent = 1;
    public const int NewNetwork = 0x40000000;
    public const int SignalStop = 19, SignalContinue = 18, SignalTerminate = 15, SignalKill = 9;
    public const short PollIn = 1;

    [StructLayout(LayoutKind.Sequential)]
    public struct Timespec
    {
        public long Seconds;
        public long Nanos;

        public static Timespec Of(long nanos) => new() { Seconds = nanos / 1_000_000_000, Nanos = nanos % 1_000_000_000 };
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        public int Descriptor;
        public short Wanted;
        public short Happened;
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, void* buffer, nint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, void* buffer, nint count);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Fcntl(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Ioctl(int descriptor, nuint request, void* argument);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, Timespec* now);

    [LibraryImport("libc", EntryPoint = "clock_nanosleep")]
    private static partial int ClockNanosleep(int clock, int flags, Timespec* until, Timespec* left);

    [LibraryImport("libc", EntryPoint = "ppoll", SetLastError = true)]
    public static partial int Poll(PollEntry* entries, nuint count, Timespec* longest, void* signals);

    [LibraryImport("libc", EntryPoint = "sched_setscheduler", SetLastError = true)]
    private static partial int SetScheduler(int thread, int policy, int* priority);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SetAffinity(int thread, nuint bytes, ulong* processors);

    [LibraryImport("libc", EntryPoint = "mlockall", SetLastError = true)]
    public static partial int LockMemory(int flags);

    [LibraryImport("libc", EntryPoint = "unshare", SetLastError = true)]
    public static partial int Unshare(int flags);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int process, int signal);

    /// <summary>CLOCK_MONOTONIC, which is also what <see cref="System.Diagnostics.Stopwatch"/> reads.</summary>
    public static long MonotonicNanos()
    {
        Timespec now;
        _ = ClockGetTime(ClockMonotonic, &now);
        return now.Seconds * 1_000_000_000 + now.Nanos;
    }

    public static void WaitUntil(long monotonicNanos)
    {
        var until = Timespec.Of(monotonicNanos);
        _ = ClockNanosleep(ClockMonotonic, AbsoluteTime, &until, null);
    }

    /// <summary>Puts a thread above all ordinary ones; 0 is the calling one. False where the system does not permit it.</summary>
    public static bool MakeRealtime(int thread, int priority) => SetScheduler(thread, SchedulerFifo, &priority) == 0;

    /// <summary>Lets the calling thread run on one processor only. False where it may not run there.</summary>
    /// <param name="processor">0 to 63.</param>
    public static bool BindThisThread(int processor)
    {
        var only = 1UL << processor;
        return SetAffinity(0, sizeof(ulong), &only) == 0;
    }
}
