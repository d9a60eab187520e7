using System.Net;
using Microsoft.Extensions.Options;
using Tutti.Protocol;
using Tutti.Server.Api;

namespace Tutti.Server.Hosting;

/// <summary>
/// Refuses names that are not this server's. A site may let its own name point at an address in the visitor's network for a while (DNS rebinding); its page
/// then calls this server under that name, and is no page of another site. Addresses and <c>localhost</c> cannot be lent like that.
/// </summary>
public static class HostCheck
{
    /// <exception cref="SettingRefusedException">Something in the list is no name of a host.</exception>
    public static void UseHostCheck(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var names = app.Services.GetRequiredService<IOptions<HttpOptions>>().Value.HostNames.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (Array.Find(names, static name => Uri.CheckHostName(name) is not UriHostNameType.Dns) is { } wrong)
        {
            throw new SettingRefusedException($"Tutti:Http:HostNames = {wrong} is refused; it accepts names such as music.example.org, without port.");
        }

        if (names.Length == 0)
        {
            return;
        }

        var own = names.Append("localhost").ToHashSet(StringComparer.OrdinalIgnoreCase);
        app.Use((context, next) => context.Request.Host.Host is var host && (own.Contains(host) || IPAddress.TryParse(host, out _))
            ? next(context)
            : Problems.Of(ErrorCode.HostRefused, $"{host} is no name of this server.").ExecuteAsync(context));
    }
}
