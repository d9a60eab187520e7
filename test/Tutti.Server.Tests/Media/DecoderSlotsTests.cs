using Tutti.Server.Media;

namespace Tutti.Server.Tests.Media;

/// <summary>Who may decode when.</summary>
public sealed class DecoderSlotsTests
{
    [Fact]
    public async Task No_more_run_than_there_are_slots()
    {
        var slots = new DecoderSlots(2);
        var first = await Enter(slots, urgent: false);
        using var second = await Enter(slots, urgent: false);
        var third = Enter(slots, urgent: false);
        Assert.False(third.IsCompleted);
        Assert.Equal(1, slots.Waiting);
        first.Dispose();
        (await third).Dispose();
    }

    [Fact]
    public async Task Who_is_waited_for_goes_before_who_came_first()
    {
        var slots = new DecoderSlots(1);
        var running = await Enter(slots, urgent: true);
        var early = Enter(slots, urgent: false);
        var urgent = Enter(slots, urgent: true);
        running.Dispose();
        var entered = await urgent;
        Assert.False(early.IsCompleted);
        entered.Dispose();
        (await early).Dispose();
    }

    [Fact]
    public async Task The_youngest_that_nobody_waits_for_makes_room()
    {
        var slots = new DecoderSlots(2);
        using var older = await Enter(slots, urgent: false);
        var younger = await Enter(slots, urgent: false);
        var urgent = Enter(slots, urgent: true);
        Assert.True(await Cancelled(younger));
        Assert.False(older.Preempted.IsCancellationRequested);
        younger.Dispose();
        (await urgent).Dispose();
    }

    [Fact]
    public async Task Two_who_are_waited_for_do_not_throw_each_other_out()
    {
        var slots = new DecoderSlots(1);
        var running = await Enter(slots, urgent: true);
        var next = Enter(slots, urgent: true);
        Assert.False(running.Preempted.IsCancellationRequested);
        running.Dispose();
        (await next).Dispose();
    }

    [Fact]
    public async Task Others_pause_while_one_is_waited_for_and_it_never_does()
    {
        var slots = new DecoderSlots(2);
        using var ahead = await Enter(slots, urgent: false);
        using var wanted = await Enter(slots, urgent: true);
        var ct = TestContext.Current.CancellationToken;
        var pausing = ahead.YieldAsync(ct);
        Assert.False(pausing.IsCompleted);
        Assert.True(wanted.YieldAsync(ct).IsCompleted);
        wanted.SetUrgent(false);
        await pausing;
    }

    [Fact]
    public async Task Who_pauses_goes_on_when_it_is_waited_for_itself()
    {
        var slots = new DecoderSlots(2);
        using var ahead = await Enter(slots, urgent: false);
        using var wanted = await Enter(slots, urgent: true);
        var pausing = ahead.YieldAsync(TestContext.Current.CancellationToken);
        Assert.False(pausing.IsCompleted);
        ahead.SetUrgent(true);
        await pausing.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        // The other may end being waited for meanwhile, and has to let this one go first then.
        wanted.SetUrgent(false);
        Assert.False(wanted.YieldAsync(TestContext.Current.CancellationToken).IsCompleted);
        ahead.SetUrgent(false);
        wanted.SetUrgent(true);
        Assert.False(ahead.YieldAsync(TestContext.Current.CancellationToken).IsCompleted);
    }

    [Fact]
    public async Task Giving_up_while_waiting_takes_nothing_from_the_others()
    {
        var slots = new DecoderSlots(1);
        var running = await Enter(slots, urgent: false);
        using var stop = new CancellationTokenSource();
        var impatient = slots.EnterAsync(urgent: false, null, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        var patient = Enter(slots, urgent: false);
        running.Dispose();
        (await patient).Dispose();
    }

    private static Task<DecoderSlot> Enter(DecoderSlots slots, bool urgent) => slots.EnterAsync(urgent, null, TestContext.Current.CancellationToken);

    private static async Task<bool> Cancelled(DecoderSlot slot)
    {
        var cancelled = new TaskCompletionSource<bool>();
        await using var registration = slot.Preempted.Register(() => cancelled.TrySetResult(true));
        return await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }
}
