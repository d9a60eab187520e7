using System.Net;
using System.Net.Http.Json;
using Tutti.Protocol;
using Tutti.Server.Tests.Hosting;
using Tutti.Server.Tests.Realtime;

namespace Tutti.Server.Tests.Access;

/// <summary>
/// With open access, somebody who was a guest in one room uses all others as everybody does. Where accounts are asked for: <see cref="SocketAccessTests"/>.
/// </summary>
public sealed class GuestElsewhereTests(OpenHouse house) : IClassFixture<OpenHouse>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_browser_that_was_a_guest_s_uses_Home()
    {
        var (browser, _) = await GuestAsync(await RoomAsync("Friday"));
        using (browser)
        {
            Assert.True((await browser.GetAsync("/api/playback/state", Ct)).IsSuccessStatusCode);
            Assert.True((await browser.PostAsJsonAsync("/api/rooms/HOME/playback/volume", new { volume = 33 }, Ct)).IsSuccessStatusCode);
            var rooms = (await (await browser.GetAsync("/api/rooms", Ct)).JsonAsync())["rooms"]!.AsArray();
            Assert.Contains("HOME", rooms.Select(room => room!["code"]!.ToString()));
            Assert.Contains("Friday", rooms.Select(room => room!["name"]!.ToString()));
            Assert.Equal("open", (await (await browser.PostAsync("/api/rooms", null, Ct)).JsonAsync())["kind"]!.ToString());
        }
    }

    [Fact]
    public async Task A_browser_is_the_guest_of_several_rooms_and_in_each_the_same_as_before()
    {
        var (first, second) = (await RoomAsync("Thursday"), await RoomAsync("Friday night"));
        using var plain = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = house.Server.Url };
        var (one, cookie) = await JoinedAsync(plain, first, null);
        (var other, cookie) = await JoinedAsync(plain, second, cookie);
        (var again, cookie) = await JoinedAsync(plain, first, cookie);
        Assert.Equal(one, again);
        Assert.NotEqual(one, other);

        foreach (var (room, id) in new[] { (first, one), (second, other) })
        {
            var people = await (await house.Server.SendAsync(HttpMethod.Get, $"/api/rooms/{room}/participants", ("Cookie", cookie))).JsonAsync();
            Assert.Equal(id, people["me"]!.ToString());
            using var socket = await house.SocketAsync(cookie: cookie);
            await socket.SendAsync(TestSocket.Hello($"device-of-{id[2..10]}", room.ToLowerInvariant()));
            Assert.Equal(id, (await socket.ReceiveAsync("snapshot")).GetProperty("devices")[0].GetProperty("memberId").GetString());
        }

        var rooms = (await (await house.Server.SendAsync(HttpMethod.Get, "/api/rooms", ("Cookie", cookie))).JsonAsync())["rooms"]!.AsArray();
        Assert.Equal(2, rooms.Count(room => (room!["code"]!.ToString() == first || room["code"]!.ToString() == second) && room["role"] is not null));
        var auth = await (await house.Server.SendAsync(HttpMethod.Get, "/auth", ("Cookie", cookie))).JsonAsync();
        Assert.Equal([first, second], auth["guestOf"]!.AsArray().Select(static room => room!.ToString()));
    }

    [Fact]
    public async Task As_many_rooms_as_a_cookie_holds_are_remembered_and_the_oldest_goes()
    {
        using var plain = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = house.Server.Url };
        string? cookie = null;
        var rooms = new List<string>();
        for (var n = 0; n < 12; n++)
        {
            rooms.Add(await RoomAsync($"Party {n}"));
            (_, cookie) = await JoinedAsync(plain, rooms[^1], cookie);
            Assert.InRange(cookie!.Length, 1, 3_800);
        }

        var auth = await (await house.Server.SendAsync(HttpMethod.Get, "/auth", ("Cookie", cookie!))).JsonAsync();
        var kept = auth["guestOf"]!.AsArray().Select(static room => room!.ToString()).ToArray();
        Assert.InRange(kept.Length, 4, 11);
        Assert.Equal(rooms.AsEnumerable().Reverse().Take(kept.Length), kept);
    }

    [Fact]
    public async Task A_change_with_a_guest_s_cookie_needs_a_page_of_this_server()
    {
        var room = await RoomAsync("Tuesday");
        using var plain = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = house.Server.Url };
        var (_, cookie) = await JoinedAsync(plain, room, null);
        foreach (var path in (string[])[$"/api/rooms/{room}/queue", $"/api/rooms/{room}/join"])
        {
            await (await house.Server.SendAsync(HttpMethod.Post, path, ("Cookie", cookie!))).RefusedAsync(ErrorCode.AntiforgeryFailed, HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task A_guest_s_device_is_in_Home_as_nobody_in_particular()
    {
        var room = await RoomAsync("Saturday");
        var (browser, pass) = await GuestAsync(room);
        browser.Dispose();
        foreach (var cookie in (bool[])[true, false])
        {
            using var socket = await house.SocketAsync(cookie: cookie ? $"tutti_guest_{house.Server.Url.Port}={pass}" : null);
            var id = cookie ? "guest-device-c" : "guest-device-t";
            await socket.SendAsync(TestSocket.Hello(id, "HOME", cookie ? null : pass));
            var devices = (await socket.ReceiveAsync("snapshot")).GetProperty("devices").EnumerateArray();
            var own = devices.Single(device => device.GetProperty("id").GetString() == id);
            Assert.Null(own.GetProperty("memberId").GetString());
        }

        using var there = await house.SocketAsync(cookie: $"tutti_guest_{house.Server.Url.Port}={pass}");
        await there.SendAsync(TestSocket.Hello("guest-device-r", room));
        Assert.Equal(2, (await there.ReceiveAsync("snapshot")).GetProperty("state").GetProperty("members").GetArrayLength());
    }

    [Fact]
    public async Task The_pass_of_one_room_is_none_for_another_that_has_members()
    {
        var (browser, pass) = await GuestAsync(await RoomAsync("Sunday"));
        var other = await RoomAsync("Monday");
        using (browser)
        {
            await (await browser.GetAsync($"/api/rooms/{other}/playback/state", Ct)).RefusedAsync(ErrorCode.JoinNeeded, HttpStatusCode.Forbidden);
            await (await browser.PostAsync($"/api/rooms/{other}/playback/stop", null, Ct)).RefusedAsync(ErrorCode.JoinNeeded, HttpStatusCode.Forbidden);
        }

        using var socket = await house.SocketAsync();
        await socket.SendAsync(TestSocket.Hello("guest-device-o", other, pass));
        Assert.Equal((4000, (int)ErrorCode.JoinNeeded), await socket.ReceiveCloseAsync());
        using var mine = await house.SocketAsync();
        await mine.SendAsync(TestSocket.Hello("guest-device-m", RoomCodes.Mine, pass));
        Assert.Equal((4000, (int)ErrorCode.RoomNotFound), await mine.ReceiveCloseAsync());
    }

    private async Task<string> RoomAsync(string name) =>
        (await (await house.Ann.Http.PostAsJsonAsync("/api/rooms", new { name }, Ct)).JsonAsync())["code"]!.ToString();

    /// <summary>Joins as a browser does that keeps this cookie; the guest, and the cookie from then on.</summary>
    private async Task<(string Id, string Cookie)> JoinedAsync(HttpClient plain, string room, string? cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/rooms/{room}/join") { Content = JsonContent.Create(new { name = "Gus" }) };
        request.Headers.Add("Origin", house.Server.Url.GetLeftPart(UriPartial.Authority));
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        var answer = await plain.SendAsync(request, Ct);
        var id = (await answer.JsonAsync())["memberId"]!.ToString();
        return (id, Assert.Single(answer.Headers.GetValues("Set-Cookie")).Split(';')[0]);
    }

    /// <summary>A browser in which somebody has come into a room by name, and their pass.</summary>
    private async Task<(HttpClient Browser, string Pass)> GuestAsync(string room)
    {
        var browser = house.Server.NewClient(("Origin", house.Server.Url.GetLeftPart(UriPartial.Authority)));
        var joined = await (await browser.PostAsJsonAsync($"/api/rooms/{room}/join", new { name = "Gus" }, Ct)).JsonAsync();
        return (browser, joined["guest"]!["pass"]!.ToString());
    }
}
