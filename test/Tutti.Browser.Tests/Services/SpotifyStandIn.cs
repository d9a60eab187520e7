using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;

namespace Tutti.Browser.Tests.Services;

/// <summary>
/// What Spotify's servers answer: the sign-in (OAuth 2.0 with PKCE, strictly: RFC 7636 §4.6), and the one call of the Web API that starts a track.
/// Everybody signs in at once, with Premium; a token that begins with <c>free</c> is of somebody without.
/// </summary>
internal sealed class SpotifyStandIn(string clientId)
{
    private readonly ConcurrentDictionary<string, string> _challenges = new();
    private readonly ConcurrentDictionary<string, string> _told = new();

    /// <summary>False: not a question for Spotify.</summary>
    public async Task<bool> AnswerAsync(HttpListenerRequest request, HttpListenerResponse response)
    {
        // Pages of other origins ask.
        response.AddHeader("Access-Control-Allow-Origin", "*");
        response.AddHeader("Access-Control-Allow-Headers", "authorization, content-type");
        response.AddHeader("Access-Control-Allow-Methods", "PUT, POST");
        var query = request.QueryString;
        switch (request.HttpMethod, request.Url!.AbsolutePath)
        {
            case ("OPTIONS", _):
                response.StatusCode = 204;
                return true;
            case ("GET", "/authorize"):
                var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
                _challenges[code] = query["code_challenge"]!;
                var isGood = query["client_id"] == clientId && query["response_type"] == "code" && query["code_challenge_method"] == "S256"
                    && query["scope"]!.Split(' ').Contains("streaming");
                response.Redirect($"{query["redirect_uri"]}?state={query["state"]}&{(isGood ? $"code={code}" : "error=invalid_request")}");
                return true;
            case ("POST", "/api/token"):
                using (StreamReader reader = new(request.InputStream))
                {
                    await TokenAsync(HttpUtility.ParseQueryString(await reader.ReadToEndAsync()), response);
                }

                return true;
            case ("PUT", "/v1/me/player/play"):
                using (StreamReader reader = new(request.InputStream))
                {
                    var isFree = request.Headers["Authorization"]?.StartsWith("Bearer free", StringComparison.Ordinal) == true;
                    response.StatusCode = isFree ? 403 : 204;
                    if (isFree)
                    {
                        await WriteAsync(response, """{"error":{"status":403,"reason":"PREMIUM_REQUIRED"}}""");
                    }
                    else
                    {
                        _told[query["device_id"]!] = await reader.ReadToEndAsync();
                    }
                }

                return true;
            case ("GET", "/standin/told"):
                if (_told.TryRemove(query["device"]!, out var told))
                {
                    await WriteAsync(response, told);
                }
                else
                {
                    response.StatusCode = 204;
                }

                return true;
            default:
                return false;
        }
    }

    private async Task TokenAsync(System.Collections.Specialized.NameValueCollection form, HttpListenerResponse response)
    {
        var challenge = Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"] ?? ""))).Replace('+', '-').Replace('/', '_').TrimEnd('=');
        var isGood = form["client_id"] == clientId && form["grant_type"] switch
        {
            "authorization_code" => _challenges.TryRemove(form["code"] ?? "", out var expected) && expected == challenge,
            "refresh_token" => form["refresh_token"] == "good",
            _ => false,
        };
        response.StatusCode = isGood ? 200 : 400;
        await WriteAsync(response, isGood
            ? JsonSerializer.Serialize(new { access_token = $"good-{Guid.NewGuid():N}", token_type = "Bearer", expires_in = 3_600, refresh_token = "good" })
            : """{"error":"invalid_grant"}""");
    }

    private static async Task WriteAsync(HttpListenerResponse response, string json)
    {
        response.ContentType = "application/json";
        await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(json));
    }
}
