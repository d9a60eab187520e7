using System.Net;
using System.Net.Http.Headers;
using Tutti.Protocol;
using Tutti.Server.Tests.Hosting;

namespace Tutti.Server.Tests.Api;

public sealed class LibraryTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Tracks_come_in_pages_and_are_found_by_words()
    {
        await server.TracksAsync();
        var page = await (await server.GetAsync("/api/tracks?limit=1&offset=1")).JsonAsync();
        Assert.Equal((3, "Second"), (page["total"]!.GetValue<int>(), Assert.Single(page["tracks"]!.AsArray())!["title"]!.ToString()));
        var found = await (await server.GetAsync("/api/tracks?q=THIRD")).JsonAsync();
        var track = Assert.Single(found["tracks"]!.AsArray())!;
        Assert.Equal((90.0, 3, true), (track["durationSeconds"]!.GetValue<double>(), track["trackNumber"]!.GetValue<int>(), track["playable"]!.GetValue<bool>()));
        Assert.Equal("Third", (await (await server.GetAsync($"/api/tracks/{track["id"]}")).JsonAsync())["title"]!.ToString());
    }

    [Theory]
    [InlineData("/api/tracks?limit=0")]
    [InlineData("/api/tracks?limit=1001")]
    [InlineData("/api/tracks?offset=-1")]
    [InlineData("/api/tracks?limit=many")]
    [InlineData("/api/library/unreadable?limit=0")]
    public async Task A_page_out_of_range_is_refused(string path) => await (await server.GetAsync(path)).RefusedAsync(ErrorCode.InvalidField, HttpStatusCode.BadRequest);

    [Theory]
    [InlineData("/api/tracks/t0000000000000000")]
    [InlineData("/api/tracks/t0000000000000000/cover")]
    [InlineData("/api/tracks/t0000000000000000/file")]
    public async Task An_unknown_track_is_refused(string path) => await (await server.GetAsync(path)).RefusedAsync(ErrorCode.TrackNotFound, HttpStatusCode.NotFound);

    [Fact]
    public async Task A_cover_is_a_picture_and_a_track_without_one_says_so()
    {
        await (await server.GetAsync($"/api/tracks/{await server.TrackIdAsync(1)}/cover")).RefusedAsync(ErrorCode.CoverNotFound, HttpStatusCode.NotFound);
        var picture = await server.GetAsync((await server.TracksAsync())[0]!["coverUrl"]!.ToString());
        Assert.Equal("image/jpeg", picture.Content.Headers.ContentType?.MediaType);
        Assert.NotNull(picture.Headers.ETag);
    }

    [Fact]
    public async Task The_original_comes_in_ranges()
    {
        var path = $"/api/tracks/{await server.TrackIdAsync(0)}/file";
        var whole = await File.ReadAllBytesAsync(server.FirstFile, TestContext.Current.CancellationToken);
        Assert.Equal(whole, await server.Http.GetByteArrayAsync(path, TestContext.Current.CancellationToken));
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Range = new RangeHeaderValue(4, 11) } };
        var part = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(whole[4..12], await part.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Files_that_cannot_be_read_are_listed_with_the_reason()
    {
        await server.TracksAsync();
        var file = Assert.Single((await (await server.GetAsync("/api/library/unreadable")).JsonAsync())["files"]!.AsArray())!;
        Assert.Equal("broken.mp3", file["path"]!.ToString());
        Assert.NotEmpty(file["reason"]!.ToString());
    }

    [Theory]
    [InlineData("/media/nonsense/flac/0")]
    [InlineData("/media/00000000000000000000000000000000-1/flac/0")]
    public async Task An_unknown_segment_is_refused(string path) => await (await server.GetAsync(path)).RefusedAsync(ErrorCode.SegmentNotFound, HttpStatusCode.NotFound);
}
