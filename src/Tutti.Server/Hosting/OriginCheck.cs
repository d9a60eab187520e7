using Microsoft.Extensions.Options;
using Tutti.Protocol;
using Tutti.Server.Access.Door;
using Tutti.Server.Api;

namespace Tutti.Server.Hosting;

/// <summary>
/// Refuses sockets and changing calls that a page of another site makes (<see cref="RequestOrigin"/>), unless the operator allows that site.
/// Scripts send no <c>Origin</c> and pass.
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
            // Reading is harmless, becoming a socket is not, whatever the path is written like: "/ws/" leads to the socket too.
            var harmless = (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method)) && request.Headers.Upgrade.Count == 0;
            return harmless || !RequestOrigin.IsForeign(request)
                || allowed.Contains(request.Headers.Origin.ToString())
                ? next(context)
                : Problems.Of(ErrorCode.OriginRefused, "A page of another site may not do this.").ExecuteAsync(context);
        });
    }
}
