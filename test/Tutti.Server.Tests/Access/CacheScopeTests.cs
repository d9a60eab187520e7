using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Tutti.Server.Library;

namespace Tutti.Server.Tests.Access;

/// <summary>No cache in between may hand on what its asker alone was let in for.</summary>
public sealed class CacheScopeTests(OpenHouse open, ClosedHouse closed) : IClassFixture<OpenHouse>, IClassFixture<ClosedHouse>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Where_everybody_may_ask_everybody_may_keep_the_answer() => Assert.True((await CachingOfACoverAsync(open)).Public);

    [Fact]
    public async Task Where_accounts_are_needed_only_the_asker_may()
    {
        var caching = await CachingOfACoverAsync(closed);
        Assert.True(caching.Private);
        Assert.False(caching.Public);
        Assert.Equal(TimeSpan.FromDays(365), caching.MaxAge);
    }

    private static async Task<System.Net.Http.Headers.CacheControlHeaderValue> CachingOfACoverAsync(House house)
    {
        await house.Server.Services.GetRequiredService<MusicLibrary>().NextVersionAsync(seen: 0, Ct);
        var tracks = (await house.Ann.Http.GetFromJsonAsync<JsonObject>("/api/tracks", Ct))!["tracks"]!.AsArray();
        var cover = tracks.Select(track => track!["coverUrl"]?.ToString()).First(url => url is not null);
        using var answer = await house.Ann.Http.GetAsync(cover, Ct);
        Assert.True(answer.IsSuccessStatusCode);
        return answer.Headers.CacheControl!;
    }
}
