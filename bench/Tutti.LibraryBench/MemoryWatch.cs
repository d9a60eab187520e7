using System.Diagnostics;

namespace Tutti.LibraryBench;

/// <summary>The largest resident memory of this process and its tag readers together, looked at every 100 ms.</summary>
internal sealed class MemoryWatch : IDisposable
{
    private readonly Timer _timer;
    private long _most;

    public MemoryWatch() => _timer = new Timer(_ => Look(), null, 0, 100);

    public double MostMegabytes => Interlocked.Read(ref _most) / 1e6;

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        var own = Environment.ProcessId;
        long sum = 0;
        foreach (var process in Process.GetProcesses())
        {
            using (process)
            {
                try
                {
                    if (process.Id == own || ParentOf(process.Id) == own)
                    {
                        sum += process.WorkingSet64;
                    }
                }
                catch (Exception error) when (error is InvalidOperationException or IOException or UnauthorizedAccessException)
                {
                    // It has ended meanwhile.
                }
            }
        }
        if (sum > Interlocked.Read(ref _most))
        {
            Interlocked.Exchange(ref _most, sum);
        }
    }

    private static int ParentOf(int id)
    {
        var stat = File.ReadAllText($"/proc/{id}/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1]);
    }
}
