using System.Net;
using Tutti.Protocol;
using Tutti.Server.Tests.Hosting;

namespace Tutti.Server.Tests.Api;

public sealed class PlaybackTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task A_track_is_played_held_and_moved()
    {
        var room = await RoomAsync();
        var track = await server.TrackIdAsync(2);
        var played = await (await server.PostAsync($"{room}/play", new { trackId = track, position = 20 })).JsonAsync();
        Assert.Equal(track, played["queue"]![0]!["track"]!["id"]!.ToString());
        var paused = await (await server.PostAsync($"{room}/pause")).JsonAsync();
        Assert.Equal(("paused", "Third", 90.0), (paused["status"]!.ToString(), paused["track"]!["title"]!.ToString(), paused["durationSeconds"]!.GetValue<double>()));
        var moved = await (await server.PostAsync($"{room}/seek", new { position = 61.25 })).JsonAsync();
        Assert.Equal(61.25, moved["position"]!.GetValue<double>());
        Assert.True(moved["version"]!.GetValue<long>() > paused["version"]!.GetValue<long>());
        var stopped = await (await server.PostAsync($"{room}/stop")).JsonAsync();
        Assert.Equal(("stopped", 0.0), (stopped["status"]!.ToString(), stopped["position"]!.GetValue<double>()));
    }

    [Fact]
    public async Task The_short_forms_are_home()
    {
        await (await server.PostAsync("/api/playback/volume", new { volume = 33 })).JsonAsync();
        var state = await (await server.GetAsync("/api/rooms/home/playback/state")).JsonAsync();
        Assert.Equal(("HOME", 33), (state["room"]!.ToString(), state["volume"]!.GetValue<int>()));
        Assert.Equal(0, (await (await server.GetAsync("/api/clients")).JsonAsync())["total"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("play", null, ErrorCode.NothingToPlay, HttpStatusCode.Conflict)]
    [InlineData("pause", null, ErrorCode.NotPlaying, HttpStatusCode.Conflict)]
    [InlineData("resume", null, ErrorCode.NotPaused, HttpStatusCode.Conflict)]
    [InlineData("next", null, ErrorCode.NothingToPlay, HttpStatusCode.Conflict)]
    [InlineData("play", "{\"trackId\":\"tnone\"}", ErrorCode.TrackNotFound, HttpStatusCode.NotFound)]
    [InlineData("play", "{\"trackId\":\"a\",\"trackIds\":[\"b\"]}", ErrorCode.InvalidField, HttpStatusCode.BadRequest)]
    [InlineData("play", "{\"trackIds\":[null]}", ErrorCode.InvalidField, HttpStatusCode.BadRequest)]
    [InlineData("play", "{\"trackIds\":[\"\"]}", ErrorCode.InvalidField, HttpStatusCode.BadRequest)]
    [InlineData("play", "{\"position\":-1}", ErrorCode.PositionOutOfRange, HttpStatusCode.BadRequest)]
    [InlineData("seek", "{\"position\":1e300}", ErrorCode.PositionOutOfRange, HttpStatusCode.BadRequest)]
    [InlineData("seek", "{}", ErrorCode.InvalidField, HttpStatusCode.BadRequest)]
    [InlineData("changeTrack", "{}", ErrorCode.InvalidField, HttpStatusCode.BadRequest)]
    [InlineData("changeTrack", "{\"itemId\":\"none\"}", ErrorCode.ItemNotFound, HttpStatusCode.NotFound)]
    [InlineData("crossfade", "{\"seconds\":13}", ErrorCode.CrossfadeOutOfRange, HttpStatusCode.BadRequest)]
    [InlineData("volume", "{\"volume\":101}", ErrorCode.VolumeOutOfRange, HttpStatusCode.BadRequest)]
    public async Task What_cannot_be_done_is_refused_by_number(string command, string? body, ErrorCode code, HttpStatusCode status)
    {
        var room = await RoomAsync();
        var answer = body is null ? await server.PostAsync($"{room}/{command}") : await server.PostTextAsync($"{room}/{command}", body);
        await answer.RefusedAsync(code, status);
    }

    private async Task<string> RoomAsync() => $"/api/rooms/{(await (await server.PostAsync("/api/rooms")).JsonAsync())["code"]}/playback";
}
