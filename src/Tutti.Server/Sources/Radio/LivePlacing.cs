namespace Tutti.Server.Sources.Radio;

/// <summary>
/// Where a station's sound is put on the server's clock: so far ahead of what is heard that it is cut and fetched in time, and no further. Pure; all
/// in µs of server time.
/// </summary>
internal static class LivePlacing
{
    /// <summary>A segment of 2 s is whole two seconds before it is heard, though its last sample came no sooner than that.</summary>
    public const long AheadMicros = 4_000_000;

    /// <summary>So much must be there; what is missing is silence. Below <see cref="AheadMicros"/>, so that a late packet is no gap.</summary>
    public const long LeastAheadMicros = 3_000_000;

    /// <summary>The same while the station is not there yet: silence, so that nobody waits for it.</summary>
    public const long WaitingAheadMicros = 1_000_000;

    /// <summary>What is further ahead is left out: bursts of many connections, or a station whose clock is fast.</summary>
    public const long MostAheadMicros = 20_000_000;

    /// <summary>How long a burst is listened to before the first sound gets its place.</summary>
    public const long BurstMicros = 500_000;

    /// <summary>The place of the first sound, of which so much has come at once: the more, the sooner it can be heard.</summary>
    public static long FirstPlace(long nowMicros, long edgeMicros, long burstMicros) =>
        Math.Max(edgeMicros, nowMicros + Math.Max(WaitingAheadMicros, AheadMicros - burstMicros));

    /// <summary>Up to where silence is to be put now; at or before the edge: none.</summary>
    /// <param name="isPlaced">Whether the station's sound has its place.</param>
    public static long SilenceUntil(long nowMicros, long edgeMicros, bool isPlaced) =>
        !isPlaced ? nowMicros + WaitingAheadMicros
        : edgeMicros < nowMicros + LeastAheadMicros ? nowMicros + AheadMicros
        : edgeMicros;

    /// <summary>Whether what comes now is left out.</summary>
    public static bool IsTooFarAhead(long nowMicros, long edgeMicros) => edgeMicros > nowMicros + MostAheadMicros;
}
