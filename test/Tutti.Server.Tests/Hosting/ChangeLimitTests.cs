using System.Net;
using Tutti.Protocol;

namespace Tutti.Server.Tests.Hosting;

public sealed class ChangeLimitTests
{
    [Fact]
    public async Task Who_changes_too_much_at_once_waits_and_may_still_read()
    {
        await using var server = new RunningServer("--Tutti:Http:ChangesBurst=3", "--Tutti:Http:ChangesPerSecond=1");
        await server.InitializeAsync();
        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 12; i++)
        {
            answers.Add(await server.PostAsync("/api/playback/stop"));
        }

        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToArray();
        Assert.InRange(refused.Length, 1, 9);
        await refused[0].RefusedAsync(ErrorCode.TooManyRequests, HttpStatusCode.TooManyRequests);
        Assert.NotNull(refused[0].Headers.RetryAfter);
        await (await server.GetAsync("/api/playback/state")).JsonAsync();
    }
}
