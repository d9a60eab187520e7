using Microsoft.Extensions.Hosting;
using Tutti.Protocol;

namespace Tutti.Server.Rooms;

/// <summary>Opens Home when the server starts and saves all rooms when it stops.</summary>
internal sealed class RoomsLifetime(RoomDirectory directory) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken) => await directory.OpenAsync(RoomCodes.Home, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => directory.StopAsync().WaitAsync(cancellationToken);
}
