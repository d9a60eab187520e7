using System.Text.Json;
using Tutti.Protocol;
using Tutti.Server.Rooms;
using Tutti.Timing;

namespace Tutti.Server.Tests.Rooms;

/// <summary>What holds of every room at every moment.</summary>
internal static class RoomInvariants
{
    public static void Check(RoomState before, RoomModel model, ServerMicros now)
    {
        var state = model.State;
        if (!ReferenceEquals(before, state))
        {
            Assert.True(state.Version > before.Version, "a new state has a new version");
        }

        Assert.True(state.Timeline.ItemId is null || state.CurrentItem() is not null, "the current item is in the queue");
        Assert.True(state.Timeline.ItemId is not null || state.Timeline is { Rate: 0, PositionMicros: 0 }, "no item, no motion");
        Assert.True(state.Timeline.Rate is 0 or 1, "the rate is 0 or 1");
        if (state.CurrentItem() is { } current)
        {
            Assert.InRange(state.Timeline.PositionMicros, 0, Math.Max(current.Track.DurationMicros, state.Timeline.PositionMicros * state.Timeline.Rate));
            Assert.InRange(state.SoundingAt(now).PositionMicros, 0, ProtocolLimits.PositionMaxMicros);
        }

        if (state.Pending is { } pending)
        {
            Assert.True(state.Find(pending.ItemId) is { Fault: null }, "what is pending is in the queue and can sound");
            Assert.True(pending.DeadlineMicros >= pending.SinceMicros && pending.Rate == 1, "pending is sound");
        }

        Assert.All(state.Queue, item => Assert.InRange(item.OverlapMicros, 0, Math.Min(state.CrossfadeSeconds * ServerMicros.PerSecond, item.Track.DurationMicros / 2)));
        Assert.True(state.Outgoing is null || (state.Timeline.Rate == 1 && state.Outgoing is { FadeMicros: > 0, PositionMicros: >= 0 }), "what goes out does so beneath what sounds");

        var expected = state.Timeline.Rate == 1 ? [PlaybackStatus.Playing]
            : state.Pending is not null ? [PlaybackStatus.Preparing]
            : new[] { PlaybackStatus.Stopped, PlaybackStatus.Paused };
        Assert.Contains(state.Status, expected);

        Assert.InRange(state.Volume, 0, 100);
        Assert.InRange(state.Queue.Length, 0, ProtocolLimits.QueueItems);
        Assert.Equal(state.Queue.Length, state.Queue.Select(item => item.Id).Distinct().Count());
        Assert.Equal(model.Devices.Length, model.Devices.Select(device => device.Id).Distinct().Count());

        var json = JsonSerializer.Serialize(state, ProtocolJson.Wire.RoomState);
        var back = JsonSerializer.Deserialize(json, ProtocolJson.Wire.RoomState);
        Assert.Equal(json, JsonSerializer.Serialize(back!, ProtocolJson.Wire.RoomState));
    }
}
