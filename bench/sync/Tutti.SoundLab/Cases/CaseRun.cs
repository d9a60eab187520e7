using Tutti.SoundLab.Analysis;
using Tutti.SoundLab.Machine;
using Tutti.SoundLab.Players;
using Tutti.SoundLab.Signals;

namespace Tutti.SoundLab.Cases;

/// <summary>What a case is run with.</summary>
/// <param name="Seconds">Time that is judged.</param>
/// <param name="SettleSeconds">Time after the last player's first sound that is not.</param>
/// <param name="Snapcast">Also measure Snapcast, where a case has it, for ratios.</param>
/// <param name="OrdinaryFeeders">Players' sound processes take their turn with all that computes, instead of going before it.</param>
/// <param name="KeepPath">Where to keep the recording, or null.</param>
internal sealed record CaseRun(
    ServerFiles Server, string Scratch, double Seconds, double SettleSeconds, bool Snapcast, bool OrdinaryFeeders, string? KeepPath, CancellationToken Cancellation)
{
    /// <summary>Time for starting everything, beside what is judged.</summary>
    public static readonly TimeSpan Overhead = TimeSpan.FromSeconds(90);

    public TimeSpan Longest => TimeSpan.FromSeconds(Seconds + SettleSeconds) + Overhead;

    /// <summary>A track that lasts as long as the case, so that it is never repeated.</summary>
    public TestTrack Track() => new(seed: 1, TimeSpan.FromSeconds(Math.Max(240, Seconds + SettleSeconds + 30)));

    public Task<Stage> SetUpAsync(StageSetup setup) =>
        Stage.SetUpAsync(setup with { OrdinaryFeeders = OrdinaryFeeders }, Server, Scratch, Cancellation);

    public Task WaitAsync(double seconds) => Until.PassedAsync(TimeSpan.FromSeconds(seconds), Cancellation);

    /// <summary>Ends the recording, and keeps it when asked to.</summary>
    public async Task<Recording> StopAsync(Cards.SoundSystem sound)
    {
        var recording = await sound.StopAsync(Cancellation);
        if (KeepPath is not null)
        {
            WavFile.Write(KeepPath, recording);
        }

        return recording;
    }
}
