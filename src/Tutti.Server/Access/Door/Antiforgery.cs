using System.Security.Cryptography;
using System.Text;

namespace Tutti.Server.Access.Door;

/// <summary>
/// Proof that a change made with a cookie was meant: browsers say that a page of ours asks (<see cref="RequestOrigin"/>), and whoever says nothing sends
/// <c>X-Tutti-Antiforgery</c> with a value that only a page of ours could read.
/// </summary>
internal static class Antiforgery
{
    public const string Header = "X-Tutti-Antiforgery";

    /// <summary>The value that goes with a session; it tells nothing about the cookie.</summary>
    public static string ValueFor(string sessionCookie) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(sessionCookie), "tutti antiforgery"u8));

    public static bool IsProven(HttpRequest request, string sessionCookie) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
        || RequestOrigin.IsOwn(request)
        || CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.Headers[Header].ToString()), Encoding.UTF8.GetBytes(ValueFor(sessionCookie)));
}
