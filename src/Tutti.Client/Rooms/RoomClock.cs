using System.Diagnostics.CodeAnalysis;
using Tutti.Protocol;
using Tutti.Timing;

namespace Tutti.Client.Rooms;

/// <summary>
/// Server time on this device: the probes, at the pace that the link needs, and what they say (docs/timing.md §2). Reads no clock; times are
/// passed in as the device's own monotonic µs. Safe to use from several threads.
/// </summary>
internal sealed class RoomClock(TimeSpan? pace)
{
    /// <summary>Probes are as far apart as this at first, later as this share of the connection's age.</summary>
    private const long FirstGapMicros = 40_000;
    private const double GapShare = 1 / 400.0;
    private const double RestlessMicros = 1_000;
    private const long RestlessGapMicros = 100_000;
    private const int ProbesBeforeFresh = 20;
    private const long FreshMicros = 200_000;

    private readonly Lock _gate = new();
    private readonly ClockOffsetEstimator _estimator = new();
    private long _openedMicros;
    private long _intervalMicros = 500_000;
    private long _nextId;
    private Known? _known;

    /// <summary>The newest estimate; null before the first reply.</summary>
    public ClockOffsetEstimate? Estimate => _known?.Estimate;

    /// <summary>A new connection: quick probes again.</summary>
    public void Opened(long nowMicros)
    {
        lock (_gate)
        {
            _openedMicros = nowMicros;
        }
    }

    /// <summary>What the server asks for; <paramref name="isAnotherServer"/>: what was measured before this connection says nothing.</summary>
    public void Settle(SyncSettings settings, bool isAnotherServer)
    {
        lock (_gate)
        {
            _intervalMicros = Math.Clamp(settings.ProbeIntervalMs, 10, 60_000) * 1_000L;
            if (isAnotherServer)
            {
                _estimator.Forget(_openedMicros);
                _known = null;
            }
        }
    }

    public ClientMessage.Probe Probe(long nowMicros) => new(Interlocked.Increment(ref _nextId), nowMicros);

    /// <summary>How long to wait before the next probe.</summary>
    public TimeSpan Gap(long nowMicros)
    {
        lock (_gate)
        {
            var age = nowMicros - _openedMicros;
            if (pace is { } fixedPace)
            {
                return fixedPace;
            }

            var young = Math.Max(FirstGapMicros, (long)(age * GapShare));
            var restless = _known is { Estimate: var known } && (known.JitterMicros > RestlessMicros || known.UncertaintyMicros > RestlessMicros);
            return Micros(Math.Min(young, restless ? Math.Min(RestlessGapMicros, _intervalMicros) : _intervalMicros));
        }
    }

    /// <summary>Silence after which the line is taken for dead: three probes and a margin.</summary>
    public TimeSpan Patience()
    {
        lock (_gate)
        {
            return (pace ?? Micros(_intervalMicros)) * 3 + TimeSpan.FromSeconds(5);
        }
    }

    public void Take(ServerFrame.ProbeReply reply, long backMicros)
    {
        lock (_gate)
        {
            // A reply to what was sent before, or to nobody's probe: its t0 is no time of this connection.
            if (reply.T0 < _openedMicros || reply.T0 > backMicros
                || !_estimator.Add(new ProbeStamps(reply.T0, reply.T1, reply.T2, backMicros)))
            {
                return;
            }

            if (_known is not { } known || known.Estimate.Probes < ProbesBeforeFresh || backMicros - known.AtMicros > FreshMicros)
            {
                _known = _estimator.Estimate(backMicros) is { } estimate ? new Known(backMicros, estimate) : null;
            }
        }
    }

    /// <summary>Server time at a device time; false while it is unknown.</summary>
    public bool TryServerTime(long deviceMicros, [NotNullWhen(true)] out ServerMicros? server)
    {
        var known = _known;
        server = known is null
            ? null
            : new ServerMicros((long)Math.Round(
                deviceMicros + known.Estimate.OffsetMicros + ((deviceMicros - known.AtMicros) / 1e6 * known.Estimate.SkewPpm)));
        return known is not null;
    }

    private static TimeSpan Micros(long micros) => TimeSpan.FromTicks(micros * TimeSpan.TicksPerMicrosecond);

    private sealed record Known(long AtMicros, ClockOffsetEstimate Estimate);
}
