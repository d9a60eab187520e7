using Microsoft.Extensions.Options;
using Tutti.Server.Access.Credentials;

namespace Tutti.Server.Access;

/// <summary>What the door found out about a request.</summary>
/// <param name="Credential">Null when nothing good was shown.</param>
internal sealed record CallerFeature(Credential? Credential);

/// <summary>How an endpoint learns who asks.</summary>
public static class CallerOfRequest
{
    /// <summary>Who makes this request.</summary>
    public static Caller Caller(this HttpContext http) => http.Credential()?.Caller ?? Access.Caller.Anonymous.Instance;

    /// <summary>What the caller showed; null when nothing good.</summary>
    public static Credential? Credential(this HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.Features.Get<CallerFeature>()?.Credential;
    }

    /// <summary>Whom this server lets in.</summary>
    public static AccessMode Mode(this HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.RequestServices.GetRequiredService<IOptions<AccessOptions>>().Value.Mode;
    }

    /// <summary>What was shown does not count for what is asked: from now on the request is that of somebody who showed nothing.</summary>
    public static void SetCredentialAside(this HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        http.Features.Set(new CallerFeature(null));
    }
}
