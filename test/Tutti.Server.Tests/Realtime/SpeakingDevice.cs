using Tutti.Client;
using Tutti.Client.Rooms;
using Tutti.Protocol;

namespace Tutti.Server.Tests.Realtime;

/// <summary>A device on a real server that says its sound is on.</summary>
internal static class SpeakingDevice
{
    public static async Task<RoomConnection> JoinAsync(Uri server, string deviceId, string room = "HOME", string? name = null)
    {
        var ct = TestContext.Current.CancellationToken;
        using var client = new TuttiClient(server);
        var connection = await client.JoinAsync(room, new RoomConnectionOptions { Device = new DeviceIdentity(deviceId, name ?? deviceId, DeviceKind.Browser) }, ct);
        await connection.ReportAsync(new DeviceReport(OutputState.On, null, 0, 1, 0, 0, 0, 1, 0, 0), ct);
        await connection.DevicesAsync(ct).FirstAsync(devices => devices.Any(device => device.Id == deviceId && device.Report?.Output == OutputState.On), ct);
        return connection;
    }
}
