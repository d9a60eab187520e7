using System.Net;
using System.Net.Sockets;

namespace Tutti.Server.Access.Guessing;

/// <summary>Where a try comes from: an IPv4 address, or an IPv6 network of 64 bits, which is what one household or one rented machine has.</summary>
/// <param name="IsLocal">Loopback, or of a private network (RFC 1918, RFC 4193, link-local).</param>
public sealed record ClientAddress(string Text, bool IsLocal)
{
    private const int NetworkBytes = 8;

    public static ClientAddress Of(IPAddress? address)
    {
        if (address is null)
        {
            return new ClientAddress("unknown", IsLocal: false);
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = plain.GetAddressBytes();
        if (plain.AddressFamily == AddressFamily.InterNetwork)
        {
            var isPrivate = IPAddress.IsLoopback(plain) || bytes is [10, ..] or [192, 168, ..] or [172, >= 16 and <= 31, ..] or [169, 254, ..];
            return new ClientAddress(plain.ToString(), isPrivate);
        }

        bytes.AsSpan(NetworkBytes).Clear();
        return new ClientAddress(
            IPAddress.IsLoopback(plain) ? "::1" : new IPAddress(bytes).ToString(),
            IPAddress.IsLoopback(plain) || plain.IsIPv6UniqueLocal || plain.IsIPv6LinkLocal);
    }
}
