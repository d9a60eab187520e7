namespace Tutti.Server.Access.Guessing;

/// <summary>
/// A token bucket for each key, over a clock that is given: so many at once, then one for each refill time. Bounded: when there are too many keys,
/// the buckets nearest to full are forgotten, which costs the least.
/// </summary>
/// <param name="capacity">Tokens of a full bucket, at least 1.</param>
/// <param name="refill">Time that one token takes to come back.</param>
internal sealed class TokenBuckets(int capacity, TimeSpan refill, int maxKeys = 10_000)
{
    private readonly Dictionary<string, (double Tokens, UtcMicros CountedTo)> _buckets = new(StringComparer.Ordinal);

    /// <summary>How long until this key has a token; zero when it has one.</summary>
    public TimeSpan Wait(string key, UtcMicros now)
    {
        var missing = 1 - Tokens(key, now);
        return missing <= 0 ? TimeSpan.Zero : refill * missing;
    }

    /// <summary>Takes a token, whether there is one or not: ask <see cref="Wait"/> first.</summary>
    public void Take(string key, UtcMicros now)
    {
        _buckets[key] = (Tokens(key, now) - 1, now);
        if (_buckets.Count > maxKeys)
        {
            Forget(now);
        }
    }

    /// <summary>Gives back a token that was taken.</summary>
    public void GiveBack(string key, UtcMicros now) => _buckets[key] = (Math.Min(capacity, Tokens(key, now) + 1), now);

    private double Tokens(string key, UtcMicros now) =>
        _buckets.TryGetValue(key, out var bucket) ? Math.Min(capacity, bucket.Tokens + (Math.Max(0, (now - bucket.CountedTo).Ticks) / (double)refill.Ticks)) : capacity;

    private void Forget(UtcMicros now)
    {
        foreach (var key in _buckets.Keys.OrderByDescending(key => Tokens(key, now)).Take(maxKeys / 2).ToArray())
        {
            _buckets.Remove(key);
        }
    }
}
