namespace Tutti.Server.Library.Scanning;

/// <summary>A scan in the log: each phase by number, and a long one every ten seconds.</summary>
internal sealed partial class ScanLog(TimeProvider clock, ILogger logger)
{
    private const int Phases = (int)ScanPhase.Tidying;
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(10);
    private ScanPhase _phase = ScanPhase.Idle;
    private long _told;

    /// <summary>Called for every change, one after the other.</summary>
    public void Show(ScanProgress progress)
    {
        if (progress.Phase is ScanPhase.Idle)
        {
            return;
        }
        if (progress.Phase != _phase)
        {
            _phase = progress.Phase;
            _told = clock.GetTimestamp();
            LogPhase(logger, (int)_phase, Phases, _phase, progress.Found);
        }
        else if (clock.GetElapsedTime(_told) >= s_interval)
        {
            _told = clock.GetTimestamp();
            LogProgress(logger, (int)_phase, Phases, _phase, progress.PhaseDone, progress.PhaseTotal);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Scan {Number}/{Phases} {Phase}: {Found} files found")]
    private static partial void LogPhase(ILogger logger, int number, int phases, ScanPhase phase, int found);

    [LoggerMessage(Level = LogLevel.Information, Message = "Scan {Number}/{Phases} {Phase}: {Done} of {Total}")]
    private static partial void LogProgress(ILogger logger, int number, int phases, ScanPhase phase, int done, int total);
}
