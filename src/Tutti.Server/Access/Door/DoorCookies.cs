using Tutti.Server.Access.Accounts;
using Tutti.Server.Access.Credentials;
using Tutti.Server.Access.Tokens;

namespace Tutti.Server.Access.Door;

/// <summary>
/// The cookies of the door: the session, guests' passes, and the proof that an account signed in on this browser before. Out of reach for scripts (HttpOnly), never
/// sent along from another site (SameSite=Strict), and over HTTPS never over anything else (Secure, with the <c>__Host-</c> prefix of RFC 6265bis §4.1.3).
/// </summary>
/// <remarks>Browsers do not keep ports apart, so the port is part of the name: two servers on one machine leave each other's cookies alone.</remarks>
public sealed class DoorCookies(TokenSigner signer, TimeProvider time)
{
    // In no token, and as it is in a cookie (RFC 6265 §4.1.1).
    private const string BetweenPasses = "~";

    // Browsers take 4,096 bytes with name and attributes (RFC 6265bis §5.6).
    private const int GuestsMaxLength = 3_600;

    // Browsers cut it to this much (RFC 6265bis §5.5); the server decides when a session ends.
    private static readonly TimeSpan s_age = TimeSpan.FromDays(400);

    public static string? Session(HttpContext http) => http.Request.Cookies[Name(http, "session")];

    public static void SetSession(HttpContext http, string value) => Set(http, "session", value);

    public static void ClearSession(HttpContext http) => http.Response.Cookies.Delete(Name(http, "session"), Options(http));

    /// <summary>An account that has signed in on this browser before, and the browser's id; null when it shows no proof of any.</summary>
    public (AccountId Account, string Id)? KnownBrowser(HttpContext http) =>
        http.Request.Cookies[Name(http, "browser")] is { } text && signer.Read(text) is TokenReading.OfBrowser(var account, var id) ? (account, id) : null;

    /// <summary>Notes that this account signed in on this browser.</summary>
    public void Remember(HttpContext http, AccountId account)
    {
        if (KnownBrowser(http)?.Account != account)
        {
            Set(http, "browser", signer.ForBrowser(account, Randoms.Id(), UtcMicros.Now(time)));
        }
    }

    /// <summary>The passes of the rooms in which this browser is a guest, the newest first.</summary>
    public static string[] Guests(HttpContext http) => GuestValue(http)?.Split(BetweenPasses, StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>The cookie with all of them, as it is.</summary>
    public static string? GuestValue(HttpContext http) => http.Request.Cookies[Name(http, "guest")];

    /// <summary>Adds a guest's pass, in the place of the one that the same room gave before. The oldest go when a cookie does not hold them all.</summary>
    public void AddGuest(HttpContext http, string pass, string roomCode)
    {
        var value = pass;
        foreach (var other in Guests(http).Where(other => signer.Read(other) is TokenReading.OfGuest(var guest, _) && guest.RoomCode != roomCode))
        {
            if (value.Length + other.Length >= GuestsMaxLength)
            {
                break;
            }

            value += BetweenPasses + other;
        }

        Set(http, "guest", value);
    }

    private static void Set(HttpContext http, string what, string value)
    {
        var options = Options(http);
        options.MaxAge = s_age;
        http.Response.Cookies.Append(Name(http, what), value, options);
    }

    private static string Name(HttpContext http, string what) =>
        http.Request.IsHttps ? $"__Host-tutti_{what}_{http.Request.Host.Port ?? 443}" : $"tutti_{what}_{http.Request.Host.Port ?? 80}";

    private static CookieOptions Options(HttpContext http) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, Path = "/", IsEssential = true };
}
