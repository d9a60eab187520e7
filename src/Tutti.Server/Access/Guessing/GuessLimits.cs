namespace Tutti.Server.Access.Guessing;

/// <summary>
/// How many wrong passwords are listened to (docs/decisions/0010). A guesser runs dry; the owner does not stand behind the guesser in the line,
/// because tries are counted apart: those from a browser that this account has signed in on before, and those from each address. Names that do not
/// exist are counted like those that do. Time is an argument; every method may be called from any thread.
/// </summary>
public sealed class GuessLimits
{
    // One address, one name: five typing errors, then one a minute.
    private readonly TokenBuckets _byAddressAndName = new(5, TimeSpan.FromMinutes(1));

    // One address, all names: someone who tries one password on everybody.
    private readonly TokenBuckets _byAddress = new(30, TimeSpan.FromSeconds(30));

    // One name, all addresses of the internet: many machines that guess together.
    private readonly TokenBuckets _byName = new(50, TimeSpan.FromMinutes(5));

    // A browser on which this account has signed in before.
    private readonly TokenBuckets _byKnownBrowser = new(10, TimeSpan.FromSeconds(30));
    private readonly Lock _gate = new();

    /// <summary>Counts a try as wrong before the password is looked at, so that tries at the same time are not listened to for free.</summary>
    /// <returns>Zero when the password may be looked at, else how long to wait; then nothing was counted.</returns>
    public TimeSpan Begin(Guess guess, UtcMicros now)
    {
        lock (_gate)
        {
            var wait = Buckets(guess).Max(bucket => bucket.Buckets.Wait(bucket.Key, now));
            if (wait == TimeSpan.Zero)
            {
                foreach (var (buckets, key) in Buckets(guess))
                {
                    buckets.Take(key, now);
                }
            }

            return wait;
        }
    }

    /// <summary>The password was right: the try does not count.</summary>
    public void WasRight(Guess guess, UtcMicros now)
    {
        lock (_gate)
        {
            foreach (var (buckets, key) in Buckets(guess))
            {
                buckets.GiveBack(key, now);
            }
        }
    }

    private (TokenBuckets Buckets, string Key)[] Buckets(Guess guess) => guess switch
    {
        { KnownBrowser: { } browser } => [(_byKnownBrowser, $"{browser} {guess.NameKey}")],
        { Address.IsLocal: true } => [(_byAddress, guess.Address.Text), (_byAddressAndName, $"{guess.Address.Text} {guess.NameKey}")],
        _ => [(_byAddress, guess.Address.Text), (_byAddressAndName, $"{guess.Address.Text} {guess.NameKey}"), (_byName, guess.NameKey)],
    };
}

/// <summary>One try to sign in.</summary>
/// <param name="NameKey">The name that is claimed, as a key.</param>
/// <param name="KnownBrowser">Id of the browser, when it has proved that this account signed in on it before; else null.</param>
public sealed record Guess(string NameKey, ClientAddress Address, string? KnownBrowser);
