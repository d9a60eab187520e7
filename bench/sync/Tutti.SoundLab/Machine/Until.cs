namespace Tutti.SoundLab.Machine;

/// <summary>Waits on conditions outside this process that cannot call back.</summary>
public static class Until
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(20);

    /// <exception cref="TimeoutException">The condition did not come true; the message says which.</exception>
    public static async Task TrueAsync(string what, TimeSpan limit, Func<ValueTask<bool>> condition, CancellationToken cancellation)
    {
        using PeriodicTimer timer = new(s_step);
        var since = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(since) > limit)
            {
                throw new TimeoutException($"waited {limit.TotalSeconds:0.#} s in vain: {what}");
            }

            await timer.WaitForNextTickAsync(cancellation);
        }
    }

    /// <summary>Lets a recording run on.</summary>
    public static Task PassedAsync(TimeSpan time, CancellationToken cancellation) => Task.Delay(time, TimeProvider.System, cancellation);
}
