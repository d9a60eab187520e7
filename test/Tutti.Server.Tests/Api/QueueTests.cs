using System.Net;
using System.Text.Json.Nodes;
using Tutti.Protocol;
using Tutti.Server.Tests.Hosting;

namespace Tutti.Server.Tests.Api;

public sealed class QueueTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Tracks_are_added_moved_and_removed()
    {
        var queue = await QueueAsync();
        string[] tracks = [await server.TrackIdAsync(0), await server.TrackIdAsync(1), await server.TrackIdAsync(2)];
        await AddAsync(queue, new { trackIds = new[] { tracks[0], tracks[1] } });
        await AddAsync(queue, new { trackIds = new[] { tracks[2] }, at = 0 });
        Assert.Equal(["Third", "First", "Second"], await TitlesAsync(queue));

        var last = (await ItemsAsync(queue))[^1]!["id"]!.ToString();
        await (await server.PostAsync($"{queue}/move", new { itemId = last, toIndex = 0 })).JsonAsync();
        Assert.Equal(["Second", "Third", "First"], await TitlesAsync(queue));

        await (await server.SendAsync(HttpMethod.Delete, $"{queue}/{last}")).JsonAsync();
        Assert.Equal(["Third", "First"], await TitlesAsync(queue));
        await (await server.SendAsync(HttpMethod.Delete, $"{queue}/{last}")).RefusedAsync(ErrorCode.ItemNotFound, HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("{\"trackIds\":[]}", ErrorCode.InvalidField, HttpStatusCode.BadRequest)]
    [InlineData("{\"trackIds\":null}", ErrorCode.InvalidField, HttpStatusCode.BadRequest)]
    [InlineData("{}", ErrorCode.InvalidField, HttpStatusCode.BadRequest)]
    [InlineData("{\"trackIds\":[\"t1\"],\"at\":\"middle\"}", ErrorCode.InvalidField, HttpStatusCode.BadRequest)]
    [InlineData("{\"trackIds\":[\"t1\"],\"at\":1.5}", ErrorCode.InvalidField, HttpStatusCode.BadRequest)]
    [InlineData("{\"trackIds\":[\"t1\"]}", ErrorCode.TrackNotFound, HttpStatusCode.NotFound)]
    public async Task What_cannot_be_added_is_refused(string body, ErrorCode code, HttpStatusCode status) =>
        await (await server.PostTextAsync(await QueueAsync(), body)).RefusedAsync(code, status);

    private async Task AddAsync(string queue, object body) => await (await server.PostAsync(queue, body)).JsonAsync();

    private async Task<JsonArray> ItemsAsync(string queue) => (await (await server.GetAsync(queue)).JsonAsync())["items"]!.AsArray();

    private async Task<IEnumerable<string>> TitlesAsync(string queue) => (await ItemsAsync(queue)).Select(item => item!["track"]!["title"]!.ToString());

    private async Task<string> QueueAsync() => $"/api/rooms/{(await (await server.PostAsync("/api/rooms")).JsonAsync())["code"]}/queue";
}
