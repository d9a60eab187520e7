using System.Net.Http.Json;
using Tutti.Server.Tests.Hosting;

namespace Tutti.Server.Tests.Access;

/// <summary>A guest who makes an account in the same browser and then joins is who they were.</summary>
public sealed class GuestSignsUpTests(OpenHouse house) : IClassFixture<OpenHouse>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Role_and_queue_items_stay_theirs()
    {
        var room = (await (await house.Ann.Http.PostAsJsonAsync("/api/rooms", new { name = "Friday" }, Ct)).JsonAsync())["code"]!.ToString();
        using var browser = house.Server.NewClient(("Origin", house.Server.Url.GetLeftPart(UriPartial.Authority)));
        var guest = (await (await browser.PostAsJsonAsync($"/api/rooms/{room}/join", new { name = "Gus" }, Ct)).JsonAsync())["memberId"]!.ToString();
        await (await house.Ann.Http.PatchAsJsonAsync($"/api/rooms/{room}/participants/{guest}", new { role = "dj" }, Ct)).JsonAsync();
        await (await browser.PostAsJsonAsync($"/api/rooms/{room}/queue", new { trackIds = new[] { await house.Server.TrackIdAsync(0) } }, Ct)).JsonAsync();

        await (await browser.PostAsJsonAsync("/auth/signup", new { name = "Gustav", password = House.Password }, Ct)).JsonAsync();
        var joined = await (await browser.PostAsJsonAsync($"/api/rooms/{room}/join", new { }, Ct)).JsonAsync();
        Assert.Equal("dj", joined["role"]!.ToString());
        var people = (await (await browser.GetAsync($"/api/rooms/{room}/participants", Ct)).JsonAsync())["participants"]!.AsArray();
        Assert.Equal([("Ann", false), ("Gustav", false)], people.Select(person => (person!["name"]!.ToString(), person["guest"]!.GetValue<bool>())));
        var queue = (await (await browser.GetAsync($"/api/rooms/{room}/queue", Ct)).JsonAsync())["items"]!.AsArray();
        Assert.Equal("Gustav", Assert.Single(queue)!["addedBy"]!.ToString());
    }
}
