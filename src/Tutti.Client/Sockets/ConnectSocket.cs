using System.Net.WebSockets;

namespace Tutti.Client.Sockets;

/// <summary>Opens a WebSocket to an address (<c>ws:</c> or <c>wss:</c>).</summary>
/// <param name="address">Where to.</param>
/// <param name="token">Bearer token for the upgrade; null: none.</param>
/// <param name="ct">Ends the attempt.</param>
/// <returns>An open socket, which then belongs to the caller.</returns>
/// <exception cref="TuttiException">The server refused the upgrade by number.</exception>
/// <exception cref="ServerUnreachableException">There is no way there.</exception>
public delegate Task<WebSocket> ConnectSocket(Uri address, string? token, CancellationToken ct);
