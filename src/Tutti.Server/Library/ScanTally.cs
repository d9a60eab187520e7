namespace Tutti.Server.Library;

/// <summary>Counts a scan and reports each change; used by several readers at once.</summary>
internal sealed class ScanTally(Action<ScanProgress> report)
{
    private readonly Lock _gate = new();
    private ScanProgress _progress = ScanProgress.None with { Phase = ScanPhase.Finding };

    public void Found(int files) => Change(progress => progress with { Found = files });

    public void Reading() => Change(progress => progress with { Phase = ScanPhase.Reading });

    public void Looked(bool skipped) =>
        Change(progress => progress with { Done = progress.Done + 1, Skipped = progress.Skipped + (skipped ? 1 : 0) });

    public ScanProgress End(int missing)
    {
        Change(progress => progress with { Phase = ScanPhase.Idle, Missing = missing });
        return _progress;
    }

    private void Change(Func<ScanProgress, ScanProgress> change)
    {
        lock (_gate)
        {
            _progress = change(_progress);
            report(_progress);
        }
    }
}
