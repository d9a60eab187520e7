using System.Collections.Concurrent;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tutti.Server.Access.Accounts;
using Tutti.Server.Api;
using Tutti.Server.Tests.Hosting;
using Tutti.Server.Tests.Realtime;

namespace Tutti.Server.Tests.Access;

/// <summary>With every log turned up to its loudest, no secret is in it.</summary>
public sealed class SecretsInLogsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_password_token_cookie_or_code_reaches_a_log()
    {
        await using var house = new LoudHouse();
        await house.Server.InitializeAsync();
        using var log = new EverythingLogged();
        house.Server.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        var code = house.Server.Services.GetRequiredService<SetUpCode>().Code!;
        List<string> secrets = [code];

        using var plain = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = house.Server.Url };
        var setUp = await plain.PostAsJsonAsync("/auth/setup", new { code, name = "Ann", password = House.Password }, Ct);
        secrets.AddRange(setUp.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0].Split('=', 2)[1]));
        var bearer = (await (await plain.PostAsJsonAsync("/auth/login", new { name = "Ann", password = House.Password, session = "bearer" }, Ct)).JsonAsync())["token"]!.ToString();
        using var ann = house.Server.NewClient(("Authorization", $"Bearer {bearer}"));
        var token = (await (await ann.PostAsJsonAsync("/auth/tokens", new { name = "t" }, Ct)).JsonAsync())["token"]!.ToString();
        var link = (await (await ann.PostAsync("/auth/signup-links", null, Ct)).JsonAsync())["link"]!.ToString();
        var pass = house.Pass("HOME");
        secrets.AddRange([House.Password, "not the one either", bearer, token, link, pass]);

        await plain.PostAsJsonAsync("/auth/login", new { name = "Ann", password = "not the one either" }, Ct);
        await plain.PostAsJsonAsync("/auth/setup", new { code, name = "Eve", password = House.Password }, Ct);
        await plain.PostAsJsonAsync("/auth/signup", new { name = "Bob", password = House.Password, link }, Ct);
        await ann.PostAsJsonAsync("/auth/password", new { password = "not the one either", newPassword = House.Password }, Ct);
        await plain.PostAsync("/auth/login", new StringContent($"{{\"name\":\"Ann\",\"password\":\"{House.Password}\"", System.Text.Encoding.UTF8, "application/json"), Ct);
        foreach (var shown in new[] { bearer, token, pass, bearer + "x", token + "x", pass + "x" })
        {
            using var client = house.Server.NewClient(("Authorization", $"Bearer {shown}"));
            await client.GetAsync("/auth/dashboard", Ct);
            using var socket = await house.SocketAsync();
            await socket.SendAsync(TestSocket.Hello("device-l", token: shown));
            await socket.ReceiveAsync();
        }

        await ann.PostAsync("/auth/logout", null, Ct);
        Assert.True(log.Lines.Count > 100, $"only {log.Lines.Count} lines were logged");
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(log.Lines, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public void Requests_and_records_do_not_show_their_secrets_as_text()
    {
        object[] holders =
        [
            new SignUpRequest("Ann", House.Password, House.Password), new SetUpRequest(House.Password, "Ann", House.Password), new SignInRequest("Ann", House.Password),
            new ChangePasswordRequest(House.Password, House.Password), new DeleteAccountRequest(House.Password),
        ];
        Assert.All(holders, holder => Assert.DoesNotContain(House.Password, $"{holder}"));
    }

    private sealed class LoudHouse() : House("--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft=Trace");
}
