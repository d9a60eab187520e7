namespace Tutti.Client.Rooms;

/// <summary>Waits between tries to reconnect (docs/protocol.md §7): exponential, each drawn from its upper half, so that devices do not all come back at once.</summary>
internal static class Backoff
{
    private const double FirstMs = 250;
    private const double MostMs = 10_000;

    /// <param name="attempt">0 for the first wait.</param>
    /// <param name="random">Uniform in [0, 1).</param>
    public static TimeSpan Wait(int attempt, double random)
    {
        var full = Math.Min(MostMs, FirstMs * Math.Pow(2, Math.Min(attempt, 30)));
        return TimeSpan.FromMilliseconds((full / 2) + (random * full / 2));
    }
}
