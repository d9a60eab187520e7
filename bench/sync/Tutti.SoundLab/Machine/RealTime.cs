using System.Globalization;

namespace Tutti.SoundLab.Machine;

/// <summary>
/// Who goes before whom on the few processors that all devices of the lab share. Real devices have processors of their own: none of them takes the time
/// that another one's sound needs. So what carries sound goes before all that computes, in the order in which the sound is handed on.
/// </summary>
internal static class RealTime
{
    /// <summary>The simulated cards: a crystal waits for nobody.</summary>
    public const int Card = 3;

    /// <summary>The sound server and the slow link: what several devices have in common here, and each has for itself elsewhere.</summary>
    public const int Shared = 2;

    /// <summary>The process of a player that feeds its sound card.</summary>
    public const int Feeder = 1;

    /// <summary>Puts all threads of a process, and those that they will start, above all ordinary ones. False where the system does not permit it.</summary>
    /// <param name="priority">One of the above (SCHED_FIFO, sched(7)).</param>
    public static bool Raise(int process, int priority)
    {
        var raised = true;
        foreach (var thread in Directory.EnumerateDirectories($"/proc/{process}/task"))
        {
            raised &= Libc.MakeRealtime(int.Parse(Path.GetFileName(thread), CultureInfo.InvariantCulture), priority);
        }

        return raised;
    }

    /// <summary>Puts the calling thread above all ordinary ones. False where the system does not permit it.</summary>
    public static bool RaiseThisThread(int priority) => Libc.MakeRealtime(0, priority);
}
