namespace Tutti.Server.Library.Scanning;

/// <summary>Counts a scan and shows each change; used by several readers at once.</summary>
internal sealed class ScanBoard(Action<ScanProgress> show)
{
    private readonly Lock _gate = new();
    private ScanProgress _progress = ScanProgress.None;

    public ScanProgress Progress
    {
        get
        {
            lock (_gate)
            {
                return _progress;
            }
        }
    }

    public void Enter(ScanPhase phase, int total = 0) => Change(progress => progress with { Phase = phase, PhaseDone = 0, PhaseTotal = total });

    public void Found(int files) => Change(progress => progress with { Found = files, PhaseDone = files });

    /// <param name="skipped">Of them, how many are known to be unreadable.</param>
    public void Unchanged(int files, int skipped) => Change(progress => progress with
    {
        Done = progress.Done + files,
        PhaseDone = progress.PhaseDone + files,
        Skipped = progress.Skipped + skipped,
    });

    public void Opened(bool skipped, bool moved) => Change(progress => progress with
    {
        Done = progress.Done + 1,
        PhaseDone = progress.PhaseDone + 1,
        Read = progress.Read + 1,
        Skipped = progress.Skipped + (skipped ? 1 : 0),
        Moved = progress.Moved + (moved ? 1 : 0),
    });

    public void Done(int done) => Change(progress => progress with { PhaseDone = done });

    public void Trouble(string problem) => Change(progress => progress with { Problem = progress.Problem.Length == 0 ? problem : $"{progress.Problem}; {problem}" });

    public ScanProgress End(int missing, bool changed)
    {
        Change(progress => progress with { Phase = ScanPhase.Idle, Missing = missing, PhaseDone = 0, PhaseTotal = 0, Changed = changed });
        return Progress;
    }

    private void Change(Func<ScanProgress, ScanProgress> change)
    {
        lock (_gate)
        {
            _progress = change(_progress);
            show(_progress);
        }
    }
}
