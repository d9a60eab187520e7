using System.Collections.Immutable;
using Tutti.Timing;

namespace Tutti.Server.Rooms;

/// <summary>The lead: how far ahead a transition must be scheduled so that every sounding device can obey it.</summary>
internal static class Leads
{
    /// <summary>
    /// The smallest instant that all sounding devices can meet: the news must travel (half a round trip and twice its jitter) and then
    /// still be ahead of what the device has already handed to its output (its latency). At once when nobody sounds.
    /// </summary>
    public static ServerMicros Earliest(ImmutableArray<DeviceEntry> devices, ServerMicros now, SyncOptions options)
    {
        double? neededMs = null;
        foreach (var device in devices)
        {
            if (device.Sounds && device.Report is { } report)
            {
                var needMs = (report.RttMs / 2) + (2 * report.RttJitterMs) + (report.OutputLatencyMs ?? 0);
                neededMs = Math.Max(neededMs ?? 0, needMs);
            }
        }

        if (neededMs is not { } worstMs)
        {
            return now;
        }

        var leadMs = Math.Clamp(worstMs + options.LeadMarginMs, options.LeadFloorMs, Math.Max(options.LeadFloorMs, options.LeadCeilingMs));
        return now + (long)(leadMs * ServerMicros.PerMillisecond);
    }
}
