using Microsoft.Extensions.Options;
using Tutti.Server.Access;

namespace Tutti.Server.Api;

/// <summary>Who may keep a copy of an answer.</summary>
internal static class CacheScope
{
    /// <summary>What an address that names its content says of its age (RFC 8246).</summary>
    public const string Forever = "max-age=31536000, immutable";

    /// <summary>
    /// Lets an answer be kept: where everybody may ask, by whoever stands in between too; where accounts are needed by the browser alone (RFC 9111
    /// §5.2.2.7), so that no cache hands it to somebody whom the door would not let in.
    /// </summary>
    /// <param name="age">For how long, as <c>Cache-Control</c> says it.</param>
    public static void MayBeKept(this HttpContext http, string age)
    {
        var isOpen = http.RequestServices.GetRequiredService<IOptions<AccessOptions>>().Value.Mode is AccessMode.Open;
        http.Response.Headers.CacheControl = $"{(isOpen ? "public" : "private")}, {age}";
    }
}
