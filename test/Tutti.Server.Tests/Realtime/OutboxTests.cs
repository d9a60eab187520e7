using System.Text;
using Tutti.Server.Realtime;
using Tutti.Server.Rooms;
using Tutti.Server.Tests.Rooms;
using Tutti.Timing;

namespace Tutti.Server.Tests.Realtime;

/// <summary>What waits for a device: in which order it goes, and how much it can become.</summary>
public sealed class OutboxTests
{
    private readonly Outbox _outbox = new();

    [Fact]
    public void A_probe_reply_overtakes_all_that_waits()
    {
        _outbox.SetState(Sealed(1));
        _outbox.SetDevices(DeviceList.Empty);
        _outbox.TryAddToLine(Frame("ack"));
        _outbox.AddProbe(new ProbeReply(1, 2, new ServerMicros(3)));
        Assert.Equal(1, _outbox.Take().Probe?.Id);
        Assert.Equal("ack", Text(_outbox.Take()));
        Assert.Contains("\"state\"", Text(_outbox.Take()), StringComparison.Ordinal);
        Assert.Contains("\"devices\"", Text(_outbox.Take()), StringComparison.Ordinal);
        Assert.True(_outbox.Take().IsEmpty, "all is sent");
    }

    [Fact]
    public void Only_the_newest_state_waits()
    {
        for (var volume = 0; volume < 1_000; volume++)
        {
            _outbox.SetState(Sealed(volume % 100));
        }

        Assert.Contains("\"volume\":99", Text(_outbox.Take()), StringComparison.Ordinal);
        Assert.True(_outbox.Take().IsEmpty, "the older ones are gone");
    }

    [Fact]
    public void A_snapshot_takes_the_place_of_state_and_devices()
    {
        _outbox.SetState(Sealed(1));
        _outbox.SetDevices(DeviceList.Empty);
        _outbox.SetSnapshot(Sealed(2), DeviceList.Empty);
        Assert.Equal(2, _outbox.Take().SnapshotState?.State.Volume);
        Assert.True(_outbox.Take().IsEmpty, "the snapshot says it all");
    }

    [Fact]
    public void The_line_is_bounded()
    {
        for (var i = 0; i < Outbox.LineCapacity; i++)
        {
            Assert.True(_outbox.TryAddToLine(Frame("notice")));
        }

        Assert.False(_outbox.TryAddToLine(Frame("notice")));
    }

    [Fact]
    public void Of_too_many_probes_the_newest_are_answered()
    {
        for (var id = 0; id < 100; id++)
        {
            _outbox.AddProbe(new ProbeReply(id, 0, default));
        }

        Assert.Equal(100 - Outbox.ProbeCapacity, _outbox.Take().Probe?.Id);
    }

    private static SealedState Sealed(int volume) => House.Seal.Seal(new Stage().State with { Volume = volume });

    private static byte[] Frame(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(Outgoing outgoing) => Encoding.UTF8.GetString(outgoing.Frame.Span);
}
