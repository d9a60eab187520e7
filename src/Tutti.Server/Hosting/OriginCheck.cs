using Microsoft.Extensions.Options;
using Tutti.Protocol;
using Tutti.Server.Api;

namespace Tutti.Server.Hosting;

/// <summary>
/// Refuses sockets and changing calls that a page of another site makes: browsers name the page's site in <c>Origin</c> (RFC 6454 §7),
/// and it must be this server as the browser addressed it (<c>Host</c>). Scripts send no <c>Origin</c> and pass.
/// </summary>
public static class OriginCheck
{
    public static void UseOriginCheck(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (!app.Services.GetRequiredService<IOptions<HttpOptions>>().Value.CheckOrigin)
        {
            return;
        }

        var allowed = app.Services.GetRequiredService<AllowedOrigins>();
        app.Use((context, next) =>
        {
            var request = context.Request;
            var harmless = (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method)) && request.Path != "/ws";
            return harmless || request.Headers.Origin.Count == 0 || IsOwn(request.Headers.Origin.ToString(), request.Host)
                || allowed.Contains(request.Headers.Origin.ToString())
                ? next(context)
                : Problems.Of(ErrorCode.OriginRefused, "A page of another site may not do this.").ExecuteAsync(context);
        });
    }

    private static bool IsOwn(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var site)
        && Uri.TryCreate($"{site.Scheme}://{host.Value}", UriKind.Absolute, out var self)
        && Uri.Compare(site, self, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;
}
