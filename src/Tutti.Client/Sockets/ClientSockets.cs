using System.Net;
using System.Net.WebSockets;
using Tutti.Client.Rest;

namespace Tutti.Client.Sockets;

/// <summary>Opens real sockets.</summary>
internal static class ClientSockets
{
    private static readonly TimeSpan s_keepAlive = TimeSpan.FromSeconds(20);

    /// <param name="rest">Asked for the numbered reason when an upgrade is refused: a socket's handshake shows a status only.</param>
    public static ConnectSocket With(RestTransport rest) => async (address, token, ct) =>
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.KeepAliveInterval = s_keepAlive;
        if (token is not null)
        {
            socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        }

        try
        {
            await socket.ConnectAsync(address, ct);
            return socket;
        }
        catch (WebSocketException exception)
        {
            var status = socket.HttpStatusCode;
            socket.Dispose();
            if (status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests)
            {
                await rest.ThrowRefusalAsync(address.AbsolutePath, status, ct);
            }

            throw status == 0
                ? new ServerUnreachableException(address, exception.InnerException?.Message ?? exception.Message, exception)
                : new UnexpectedAnswerException(address, $"status {(int)status} instead of a socket", exception);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    };
}
