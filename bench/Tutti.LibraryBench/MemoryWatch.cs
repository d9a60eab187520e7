using System.Diagnostics;

namespace Tutti.LibraryBench;

/// <summary>
/// The largest memory of this process and its tag readers together, looked at every 200 ms: resident, with pages that they share counted in each, and with those
/// counted once (the proportional set size of Linux, proc_pid_smaps(5)).
/// </summary>
internal sealed class MemoryWatch : IDisposable
{
    private readonly Timer _timer;
    private long _mostResident, _mostOnce;

    public MemoryWatch() => _timer = new Timer(_ => Look(), null, 0, 200);

    public double MostResidentMegabytes => Interlocked.Read(ref _mostResident) / 1e6;

    public double MostMegabytes => Interlocked.Read(ref _mostOnce) / 1e6;

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        var own = Environment.ProcessId;
        long resident = 0, once = 0;
        foreach (var process in Process.GetProcesses())
        {
            using (process)
            {
                try
                {
                    if (process.Id == own || ParentOf(process.Id) == own)
                    {
                        resident += process.WorkingSet64;
                        once += ProportionalBytes(process.Id);
                    }
                }
                catch (Exception error) when (error is InvalidOperationException or IOException or UnauthorizedAccessException)
                {
                    // It has ended meanwhile.
                }
            }
        }
        Raise(ref _mostResident, resident);
        Raise(ref _mostOnce, once);
    }

    private static void Raise(ref long most, long to)
    {
        if (to > Interlocked.Read(ref most))
        {
            Interlocked.Exchange(ref most, to);
        }
    }

    private static long ProportionalBytes(int id)
    {
        var line = File.ReadLines($"/proc/{id}/smaps_rollup").First(l => l.StartsWith("Pss:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024;
    }

    private static int ParentOf(int id)
    {
        var stat = File.ReadAllText($"/proc/{id}/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1]);
    }
}
