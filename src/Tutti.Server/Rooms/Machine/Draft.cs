using System.Collections.Immutable;
using Tutti.Protocol;
using Tutti.Timing;

namespace Tutti.Server.Rooms;

/// <summary>A decision in the making: each event is applied as it is added, so that later rules see what earlier ones did.</summary>
internal sealed class Draft(RoomModel model, Moment moment, SyncOptions options)
{
    private readonly ImmutableArray<RoomEvent>.Builder _events = ImmutableArray.CreateBuilder<RoomEvent>();

    public RoomModel Model { get; private set; } = model;

    public RoomState State => Model.State;

    public Moment Moment => moment;

    public ServerMicros Now => moment.Now;

    public SyncOptions Options => options;

    public void Add(RoomEvent @event)
    {
        _events.Add(@event);
        Model = RoomMachine.Apply(Model, @event);
    }

    public Decision.Accepted Accept() => new(_events.ToImmutable());
}
