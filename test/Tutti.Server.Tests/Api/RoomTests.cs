using System.Net;
using Tutti.Protocol;
using Tutti.Server.Tests.Hosting;

namespace Tutti.Server.Tests.Api;

public sealed class RoomTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Home_is_always_there_and_first()
    {
        await server.PostAsync("/api/rooms");
        var rooms = (await (await server.GetAsync("/api/rooms")).JsonAsync())["rooms"]!.AsArray();
        Assert.Equal("HOME", rooms[0]!["code"]!.ToString());
    }

    [Fact]
    public async Task A_room_is_made_with_a_code_and_a_name()
    {
        var answer = await server.PostAsync("/api/rooms", new { name = "Garden" });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var made = await answer.JsonAsync();
        var code = made["code"]!.ToString();
        Assert.Equal(code, RoomCodes.Normalize(code));
        Assert.Equal($"/api/rooms/{code}", answer.Headers.Location?.ToString());
        var room = await (await server.GetAsync($"/api/rooms/{code.ToLowerInvariant()}")).JsonAsync();
        Assert.Equal((code, "Garden", "stopped"), (room["code"]!.ToString(), room["name"]!.ToString(), room["playback"]!["status"]!.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a\u0007b")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789")]
    public async Task A_name_that_cannot_be_shown_is_refused(string name) =>
        await (await server.PostAsync("/api/rooms", new { name })).RefusedAsync(ErrorCode.InvalidField, HttpStatusCode.BadRequest);

    [Theory]
    [InlineData("""{"public":false}""")]
    [InlineData("""{"password":"open sesame"}""")]
    [InlineData("""{"rights":{"skip":"host"}}""")]
    public async Task A_room_that_is_not_open_to_all_is_not_made_by_nobody(string body) =>
        await (await server.PostTextAsync("/api/rooms", body)).RefusedAsync(ErrorCode.SignInNeeded, HttpStatusCode.Unauthorized);

    [Theory]
    [InlineData(0)]
    [InlineData(501)]
    public async Task So_much_history_is_not_given(int limit) =>
        await (await server.GetAsync($"/api/history?limit={limit}")).RefusedAsync(ErrorCode.InvalidField, HttpStatusCode.BadRequest);

    [Theory]
    [InlineData("/api/rooms/ZZZZZZ")]
    [InlineData("/api/rooms/nonsense/devices")]
    [InlineData("/api/rooms/ZZZZZZ/playback/state")]
    public async Task An_unknown_room_is_refused(string path) => await (await server.GetAsync(path)).RefusedAsync(ErrorCode.RoomNotFound, HttpStatusCode.NotFound);

    [Fact]
    public async Task The_server_says_what_it_is()
    {
        var answer = await (await server.GetAsync("/api/server")).JsonAsync();
        Assert.Equal(("Tutti", 1), (answer["name"]!.ToString(), answer["protocol"]!.GetValue<int>()));
        Assert.True(answer["uptimeSeconds"]!.GetValue<double>() >= 0);
    }
}
