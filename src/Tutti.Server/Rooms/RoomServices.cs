using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tutti.Timing;

namespace Tutti.Server.Rooms;

/// <summary>What every room needs of the world.</summary>
public sealed class RoomServices(
    TimeProvider time, IServerClock clock, ITrackSource tracks, IRoomStore store, DeviceShelf shelf, PersonalRooms personal, StateSeal seal, IOptions<SyncOptions> options, ILogger<RoomServices> logger)
{
    public TimeProvider Time => time;

    public IServerClock Clock => clock;

    public ITrackSource Tracks => tracks;

    public IRoomStore Store => store;

    public DeviceShelf Shelf => shelf;

    public PersonalRooms Personal => personal;

    public StateSeal Seal => seal;

    public SyncOptions Options => options.Value;

    public ILogger Logger => logger;
}
