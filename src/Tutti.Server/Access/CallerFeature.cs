namespace Tutti.Server.Access;

/// <summary>The caller as found at the door, carried by the request.</summary>
internal sealed record CallerFeature(Caller Caller);

/// <summary>How an endpoint learns who asks.</summary>
public static class CallerOfRequest
{
    /// <summary>Who makes this request.</summary>
    public static Caller Caller(this HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.Features.Get<CallerFeature>()?.Caller ?? Access.Caller.Anonymous.Instance;
    }
}
