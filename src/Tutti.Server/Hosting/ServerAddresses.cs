using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using Tutti.Server.Api;

namespace Tutti.Server.Hosting;

/// <summary>Where the running server is reached, as URLs for people.</summary>
public sealed class ServerAddresses(IServer server, IOptions<HttpOptions> options) : IServerAddresses
{
    /// <summary>The URL on this machine.</summary>
    public string Local => OnAll || IsLoopback ? $"http://localhost:{Port}" : Url(Host);

    /// <inheritdoc/>
    /// <remarks>Empty when the server listens on this machine only.</remarks>
    public IReadOnlyList<string> Lan => OnAll ? [.. LanAddresses.Find().Select(address => Url(address.ToString()))] : IsLoopback ? [] : [Url(Host)];

    // The port that was bound, which differs from the one asked for when that was 0.
    private int Port => server.Features.Get<IServerAddressesFeature>()?.Addresses.Select(address => BindingAddress.Parse(address).Port).FirstOrDefault() ?? 0;

    private string Host => options.Value.Host;

    private bool OnAll => Host.Length == 0 || (IPAddress.TryParse(Host, out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)));

    private bool IsLoopback => Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    private string Url(string host) => $"http://{(host.Contains(':') ? $"[{host}]" : host)}:{Port}";
}
