using System.Net.Http.Json;
using System.Net.WebSockets;
using Tutti.Server.Media.Levels;
using Tutti.Server.Tests.Hosting;
using Tutti.Server.Tests.Realtime;

namespace Tutti.Server.Tests.Sources;

/// <summary>What was pasted is as loud as what the library has.</summary>
public sealed class LinkLevelTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_link_is_measured_once_it_is_there_and_its_outline_can_be_drawn()
    {
        await using var server = new RunningServer("--Tutti:Sources:AllowPrivateAddresses=true");
        await server.InitializeAsync();
        var level = await LoudnessMeter.MeasureAsync(server.FirstFile, 1, pace: 100, Ct);
        var expectedDb = Levelling.GainDb(level!, -18);
        Assert.NotEqual(Levelling.GainDb(Levelling.Usual, -18), expectedDb);

        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(server.Url) { Scheme = "ws", Path = "/ws" }.Uri, Ct);
        using var device = new TestSocket(socket);
        await device.SendAsync(TestSocket.Hello("device-a"));
        await device.ReceiveAsync("snapshot");
        var id = await server.TrackIdAsync(0);
        await (await server.Http.PostAsJsonAsync("/api/queue", new { url = new Uri(server.Url, $"/api/tracks/{id}/file").AbsoluteUri }, Ct)).JsonAsync();

        string? key = null;
        double? gainDb = null;
        while (gainDb != expectedDb)
        {
            var item = (await device.ReceiveAsync("state")).GetProperty("state").GetProperty("queue")[0];
            gainDb = item.GetProperty("gainDb").GetDouble();
            key = item.GetProperty("media") is { ValueKind: not System.Text.Json.JsonValueKind.Null } media ? media.GetProperty("key").GetString() : null;
        }

        Assert.NotEmpty(await (await server.GetAsync($"/media/{key}/peaks")).Content.ReadAsByteArrayAsync(Ct));
    }
}
