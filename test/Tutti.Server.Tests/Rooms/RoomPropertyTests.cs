using System.Collections.Immutable;
using Tutti.Protocol;
using Tutti.Server.Rooms;

namespace Tutti.Server.Tests.Rooms;

/// <summary>
/// Rooms driven at random, each by a seed that a failure names together with the shortest run that still fails. What must hold after every
/// step is in <see cref="RoomInvariants"/>.
/// </summary>
public sealed class RoomPropertyTests
{
    private const int Steps = 250;
    private static readonly string[] s_devices = ["kitchen-0001", "bedroom-0001", "garden-00001"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 120)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_invariant_holds_after_every_step(int seed)
    {
        if (Run(seed, Steps) is not { } failure)
        {
            return;
        }

        // The same seed takes the same steps, so the step that failed is also the end of the shortest run.
        Assert.Fail($"Seed {seed}, step {failure.Step}: {failure.Input}\n{failure.Exception}");
    }

    private static (int Step, string Input, Exception Exception)? Run(int seed, int steps)
    {
        var random = new Random(seed);
        var stage = new Stage();
        for (var step = 1; step <= steps; step++)
        {
            var input = Next(random, stage);
            var before = stage.State;
            try
            {
                var place = stage.Sounding;
                var events = stage.Do(input) is Decision.Accepted accepted ? accepted.Events : [];
                RoomInvariants.Check(before, stage.Model, stage.Now);
                CheckContinuity(input, events, before, stage, place);
                stage.Later(random.Next(4) == 0 ? random.NextInt64(90_000_000) : random.NextInt64(500_000));
                RoomInvariants.Check(before, stage.Model, stage.Now);
            }
            catch (Exception exception)
            {
                return (step, input.ToString(), exception);
            }
        }

        return null;
    }

    /// <summary>Pausing takes effect at the very place that was sounding then; a bare volume or queue addition moves nothing.</summary>
    private static void CheckContinuity(
        RoomInput input, ImmutableArray<RoomEvent> events, RoomState before, Stage stage, Tutti.Timing.Sounding place)
    {
        if (events.IsEmpty || input is not RoomInput.Commanded { Command: var command })
        {
            return;
        }

        var after = stage.State;
        switch (command)
        {
            case RoomCommand.Pause when before.Pending is null:
                Assert.Equal(before.SoundingAt(after.Timeline.AtMicros).PositionMicros, after.Timeline.PositionMicros);
                Assert.True(after.Timeline.AtMicros >= before.Timeline.AtMicros, "a pause does not overtake");
                break;

            case RoomCommand.Resume:
                Assert.Equal(place.PositionMicros, after.Pending?.PositionMicros ?? after.Timeline.PositionMicros);
                break;

            case RoomCommand.Volume or RoomCommand.QueueAdd or RoomCommand.QueueMove or RoomCommand.QueueClear:
                Assert.Equal(place, stage.Sounding);
                break;
        }
    }

    private static RoomInput Next(Random random, Stage stage)
    {
        var device = s_devices[random.Next(s_devices.Length)];
        var track = $"t{random.Next(1, 9)}";
        var item = stage.State.Queue.IsEmpty ? "q0" : stage.State.Queue[random.Next(stage.State.Queue.Length)].Id;
        return random.Next(30) switch
        {
            0 => new RoomInput.DeviceJoined(new DeviceIdentity(device, device, (DeviceKind)random.Next(4)), new DeviceSettings(device), Actor.Anyone.Instance),
            1 => new RoomInput.DeviceLost(device),
            2 => new RoomInput.DeviceLeft(device),
            3 or 4 => new RoomInput.DeviceReported(device, Stage.Report((OutputState)random.Next(3), random.Next(800), random.Next(100))),
            5 or 6 or 7 when stage.State.Pending is { } pending => new RoomInput.DeviceReady(device, pending.ItemId, pending.PositionMicros),
            8 => new RoomInput.DeviceReady(device, item, random.Next(1_000)),
            9 => new RoomInput.DeviceFaulted(device, item, 5002, "no"),
            10 or 11 or 12 => new RoomInput.MediaKnown(track, Stage.Media(track, random.Next(2) == 0 ? null : random.NextInt64(1, 4_000_000))),
            13 => new RoomInput.MediaFailed(track, FaultInfo.Of(ErrorCode.TrackVanished, "gone")),
            14 => random.Next(8) == 0 ? new RoomInput.PutAway() : new RoomInput.Tick(),
            var kind => new RoomInput.Commanded(Command(random, kind, track, item), random.Next(3) == 0 ? null : device),
        };
    }

    private static RoomCommand Command(Random random, int kind, string track, string item) => kind switch
    {
        15 => Stage.Play(track, "t1", "t2"),
        16 or 17 => new RoomCommand.Play([]),
        18 => new RoomCommand.Pause(),
        19 => new RoomCommand.Resume(),
        20 => new RoomCommand.Seek(random.NextInt64(-5, Stage.TrackMicros + 5)),
        21 => new RoomCommand.Stop(),
        22 => new RoomCommand.Next(),
        23 => new RoomCommand.Previous(),
        24 => random.Next(2) == 0 ? new RoomCommand.ChangeTrack(item, null) : new RoomCommand.ChangeTrack(null, track),
        25 when random.Next(3) == 0 => new RoomCommand.Crossfade(random.Next(-1, 14)),
        25 => new RoomCommand.Volume(random.Next(-2, 103)),
        26 => new RoomCommand.QueueRemove([item]),
        27 when random.Next(2) == 0 => random.Next(4) switch
        {
            0 => new RoomCommand.Everywhere(),
            1 => new RoomCommand.OnlyHere(s_devices[random.Next(s_devices.Length)]),
            2 => new RoomCommand.DeviceSet(s_devices[0], new DeviceChange(Volume: random.Next(101), Silent: random.Next(2) == 0)),
            _ => new RoomCommand.HandOver(s_devices[0], s_devices[1]),
        },
        27 => new RoomCommand.QueueMove(item, random.Next(-1, 6)),
        28 => random.Next(6) == 0 ? new RoomCommand.QueueClear() : new RoomCommand.QueueRemove([item]),
        _ => new RoomCommand.QueueAdd([track, "t5"], random.Next(2) == 0 ? QueuePlace.End : QueuePlace.AtIndex(random.Next(4))),
    };
}
