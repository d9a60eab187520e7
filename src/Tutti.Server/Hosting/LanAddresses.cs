using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Tutti.Server.Hosting;

/// <summary>The addresses at which other devices on the network find this machine.</summary>
public static class LanAddresses
{
    /// <summary>IPv4 addresses of interfaces that are up, those with a way out of the machine first.</summary>
    public static IReadOnlyList<IPAddress> Find()
    {
        try
        {
            return [.. from network in NetworkInterface.GetAllNetworkInterfaces()
                       where network.OperationalStatus == OperationalStatus.Up && network.NetworkInterfaceType != NetworkInterfaceType.Loopback
                       let properties = network.GetIPProperties()
                       // Bridges of containers and the like have no gateway: last, for no phone sees them.
                       orderby properties.GatewayAddresses.Count > 0 descending
                       from unicast in properties.UnicastAddresses
                       where unicast.Address.AddressFamily == AddressFamily.InterNetwork
                       select unicast.Address];
        }
        catch (NetworkInformationException)
        {
            return [];
        }
    }
}
