using Microsoft.Extensions.Options;

namespace Tutti.Server.Access.Guessing;

/// <summary>
/// How many accounts an address may make. It is also what keeps "this name is taken" from being asked for a whole dictionary. Counts every try, because
/// each costs a password hash.
/// </summary>
public sealed class SignUpLimit(IOptions<AccessOptions> options, TimeProvider time)
{
    private readonly TokenBuckets _byAddress = new(options.Value.SignUpsPerHour, TimeSpan.FromHours(1) / options.Value.SignUpsPerHour);
    private readonly Lock _gate = new();

    /// <returns>Zero when one more may be tried, else how long to wait.</returns>
    public TimeSpan Begin(ClientAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        lock (_gate)
        {
            var now = UtcMicros.Now(time);
            var wait = _byAddress.Wait(address.Text, now);
            if (wait == TimeSpan.Zero)
            {
                _byAddress.Take(address.Text, now);
            }

            return wait;
        }
    }
}
