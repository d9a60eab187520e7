using Microsoft.Extensions.Hosting;
using Tutti.Protocol;

namespace Tutti.Server.Rooms;

/// <summary>Opens Home when the server starts and saves all rooms when it stops.</summary>
internal sealed class RoomsLifetime(RoomDirectory directory, DeviceShelf shelf) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken) => await directory.OpenAsync(RoomCodes.Home, cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await directory.StopAsync().WaitAsync(cancellationToken);
        await shelf.SaveAllAsync().WaitAsync(cancellationToken);
    }
}
