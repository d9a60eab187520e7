namespace Tutti.Server.Access.Door;

/// <summary>Which site's page makes a request, as far as a browser tells.</summary>
public static class RequestOrigin
{
    /// <summary>True when a page of this very server asks: <c>Origin</c> (RFC 6454 §7) is the address that the browser called, or it says so itself
    /// (<c>Sec-Fetch-Site</c>, which browsers send over HTTPS and no page can set).</summary>
    public static bool IsOwn(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Headers["Sec-Fetch-Site"] == "same-origin" || IsOwn(request.Headers.Origin.ToString(), request.Host);
    }

    /// <summary>True when a browser names another site. Scripts name none.</summary>
    public static bool IsForeign(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Headers.Origin.Count > 0 && !IsOwn(request);
    }

    private static bool IsOwn(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var site)
        && Uri.TryCreate($"{site.Scheme}://{host.Value}", UriKind.Absolute, out var self)
        && Uri.Compare(site, self, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;
}
