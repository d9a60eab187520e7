using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace Tutti.Server.Hosting;

/// <summary>Believes named proxies, and nobody else, about who asked them and whether it was over HTTPS.</summary>
internal sealed class TrustedProxies(IOptions<HttpOptions> options) : IConfigureOptions<ForwardedHeadersOptions>
{
    /// <exception cref="SettingRefusedException">Something in the list is neither address nor network.</exception>
    public void Configure(ForwardedHeadersOptions forwarded)
    {
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var text in options.Value.TrustedProxies.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPAddress.TryParse(text, out var address))
            {
                forwarded.KnownProxies.Add(address);
            }
            else if (IPNetwork.TryParse(text, out var network))
            {
                forwarded.KnownIPNetworks.Add(network);
            }
            else
            {
                throw new SettingRefusedException($"Tutti:Http:TrustedProxies = {text} is refused; it accepts addresses, and networks such as 10.0.0.0/8.");
            }
        }

        // Without a named proxy the headers mean nothing: anybody can send them.
        forwarded.ForwardedHeaders = forwarded.KnownProxies.Count + forwarded.KnownIPNetworks.Count > 0
            ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto
            : ForwardedHeaders.None;
    }
}
