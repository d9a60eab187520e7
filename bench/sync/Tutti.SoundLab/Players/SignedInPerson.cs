using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Tutti.SoundLab.Players;

/// <summary>Somebody with an account, at a script and at as many browsers as they like.</summary>
public static class SignedInPerson
{
    private const string Name = "Mira", Password = "correct horse battery";

    /// <summary>Signs up, and lets every further request of <paramref name="http"/> be theirs.</summary>
    /// <returns>Their personal room.</returns>
    /// <exception cref="HttpRequestException">The server did not let them.</exception>
    public static async Task<RoomApi> SignUpAsync(HttpClient http, CancellationToken cancellation)
    {
        using var answer = await http.PostAsJsonAsync("auth/signup", new { name = Name, password = Password, session = "bearer" }, cancellation);
        answer.EnsureSuccessStatusCode();
        var signedIn = await answer.Content.ReadFromJsonAsync<JsonNode>(cancellation);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)signedIn!["token"]!);
        return RoomApi.Of(http, "MINE");
    }

    /// <summary>Signs a browser in that shows a page of the server, as its sign-in page does.</summary>
    public static async Task SignInAsync(Chromium browser)
    {
        var status = await browser.Page.EvaluateAsync<int>(
            """
            async body => (await fetch("/auth/login", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) })).status
            """,
            new { name = Name, password = Password });
        if (status != 200)
        {
            throw new InvalidOperationException($"the browser could not sign in: {status}");
        }
    }
}
