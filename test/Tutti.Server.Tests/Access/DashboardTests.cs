using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Tutti.Protocol;
using Tutti.Server.Tests.Hosting;
using Tutti.Server.Tests.Realtime;

namespace Tutti.Server.Tests.Access;

/// <summary>What the dashboard shows of devices and rooms, and that what it shows can be changed from there.</summary>
public sealed class DashboardTests(OpenHouse house) : IClassFixture<OpenHouse>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task My_devices_are_shown_wherever_they_are()
    {
        var (bob, eve) = (await house.SomebodyAsync(), await house.SomebodyAsync());
        var room = await RoomAsync(bob, "Friday");
        using var phone = await JoinedAsync(bob, "bobs-phone", RoomCodes.Mine);
        using var laptop = await JoinedAsync(bob, "bobs-laptop", room);
        using var hers = await JoinedAsync(eve, "eves-phone", room);
        await (await bob.Http.PatchAsJsonAsync("/api/rooms/MINE/devices/bobs-phone", new { name = "Phone", icon = "app", volume = 40, silent = true }, Ct)).JsonAsync();
        await (await bob.Http.PatchAsJsonAsync($"/api/rooms/{room}/devices/bobs-laptop", new { trimMs = 25 }, Ct)).JsonAsync();

        var devices = (await DashboardAsync(bob))["devices"]!.AsArray().ToDictionary(device => device!["id"]!.ToString(), device => device!);
        Assert.Equal(["bobs-laptop", "bobs-phone"], devices.Keys.Order());
        Assert.Equal(
            ("Phone", "app", "silent", "off", "MINE", "My devices", 40),
            Of(devices["bobs-phone"]));
        Assert.Equal(
            ("bobs-laptop", null, "playing", "off", room, "Friday", 100),
            Of(devices["bobs-laptop"]));
        Assert.Equal(25, devices["bobs-laptop"]!["trimMs"]!.GetValue<double>());

        await phone.SendAsync("""{"type":"bye"}""");
        await phone.ReceiveCloseAsync();
        var away = (await DashboardAsync(bob))["devices"]!.AsArray();
        Assert.Equal(("bobs-phone", "away"), (away[^1]!["id"]!.ToString(), away[^1]!["state"]!.ToString()));
        Assert.Null(away[^1]!["room"]);
        Assert.True((await bob.Http.DeleteAsync("/api/rooms/MINE/devices/bobs-phone", Ct)).IsSuccessStatusCode);
        Assert.Equal("bobs-laptop", Assert.Single((await DashboardAsync(bob))["devices"]!.AsArray())!["id"]!.ToString());
    }

    [Fact]
    public async Task A_remote_control_leaves_nothing_behind()
    {
        var bob = await house.SomebodyAsync();
        using var phone = await JoinedAsync(bob, "bobs-phone", RoomCodes.Mine);
        using var control = await house.SocketAsync(bob.Token);
        await control.SendAsync(TestSocket.Hello("bobs-script", RoomCodes.Mine).Replace("\"browser\"", "\"control\"", StringComparison.Ordinal));
        await control.ReceiveAsync("snapshot");
        await (await bob.Http.PatchAsJsonAsync("/api/rooms/MINE/devices/bobs-script", new { name = "Script" }, Ct)).JsonAsync();
        await control.SendAsync("""{"type":"bye"}""");
        await control.ReceiveCloseAsync();

        Assert.Equal("bobs-phone", Assert.Single((await DashboardAsync(bob))["devices"]!.AsArray())!["id"]!.ToString());
        var here = (await (await bob.Http.GetAsync("/api/rooms/MINE/devices", Ct)).JsonAsync())["devices"]!.AsArray();
        Assert.Equal("bobs-phone", Assert.Single(here)!["id"]!.ToString());
    }

    [Fact]
    public async Task My_rooms_are_those_that_I_belong_to_my_own_first()
    {
        var (bob, eve) = (await house.SomebodyAsync(), await house.SomebodyAsync());
        var (hers, his, closed) = (await RoomAsync(eve, "Attic"), await RoomAsync(bob, "Barn"), await RoomAsync(bob, "Cellar"));
        await (await bob.Http.PostAsJsonAsync($"/api/rooms/{hers}/join", new { }, Ct)).JsonAsync();
        Assert.True((await bob.Http.DeleteAsync($"/api/rooms/{closed}", Ct)).IsSuccessStatusCode);
        var rooms = (await DashboardAsync(bob))["rooms"]!.AsArray().Select(room => (room!["code"]!.ToString(), room["name"]!.ToString(), room["role"]!.ToString()));
        Assert.Equal([(his, "Barn", "host"), (hers, "Attic", "listener")], rooms);

        var me = (await (await bob.Http.GetAsync($"/api/rooms/{hers}/participants", Ct)).JsonAsync())["me"]!.ToString();
        Assert.True((await bob.Http.DeleteAsync($"/api/rooms/{hers}/participants/{me}", Ct)).IsSuccessStatusCode);
        Assert.Equal(his, Assert.Single((await DashboardAsync(bob))["rooms"]!.AsArray())!["code"]!.ToString());
    }

    private static (string Name, string? Icon, string State, string Output, string? Code, string? Room, int Volume) Of(JsonNode device) => (
        device["name"]!.ToString(), device["icon"]?.ToString(), device["state"]!.ToString(), device["output"]!.ToString(),
        device["room"]?["code"]!.ToString(), device["room"]?["name"]!.ToString(), device["volume"]!.GetValue<int>());

    private static async Task<JsonObject> DashboardAsync(Person person) => await (await person.Http.GetAsync("/auth/dashboard", Ct)).JsonAsync();

    private static async Task<string> RoomAsync(Person host, string name) =>
        (await (await host.Http.PostAsJsonAsync("/api/rooms", new { name }, Ct)).JsonAsync())["code"]!.ToString();

    private async Task<TestSocket> JoinedAsync(Person person, string deviceId, string room)
    {
        var socket = await house.SocketAsync(person.Token);
        await socket.SendAsync(TestSocket.Hello(deviceId, room));
        await socket.ReceiveAsync("snapshot");
        return socket;
    }
}
