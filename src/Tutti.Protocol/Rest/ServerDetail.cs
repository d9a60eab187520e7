using Tutti.Timing;

namespace Tutti.Protocol.Rest;

/// <summary>The server.</summary>
/// <param name="Name">What it calls itself.</param>
/// <param name="Version">Its version.</param>
/// <param name="Protocol">Version of docs/protocol.md that it speaks.</param>
/// <param name="Addresses">URLs for other devices in the network, the likeliest first.</param>
/// <param name="UptimeSeconds">For how long it has run, s.</param>
/// <param name="ServerMicros">Server time of this answer.</param>
public sealed record ServerDetail(
    string Name, string Version, int Protocol, IReadOnlyList<string> Addresses, double UptimeSeconds, ServerMicros ServerMicros);
