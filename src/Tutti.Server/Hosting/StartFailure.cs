using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Tutti.Server.Storage;

namespace Tutti.Server.Hosting;

/// <summary>What kept the server from starting, in one line for the person who started it.</summary>
/// <param name="ExitCode">2: a setting was refused. 1: the machine said no.</param>
public sealed record StartFailure(int ExitCode, string Line)
{
    /// <summary>Null when the error is none that a person could mend from one line: then the stack trace is the better answer.</summary>
    public static StartFailure? Explain(Exception error) => error switch
    {
        SettingRefusedException => new StartFailure(2, $"tutti: {error.Message}"),
        IOException { InnerException: AddressInUseException } => new StartFailure(1, $"tutti: {Bound(error)} in use by another program; choose another with --port."),
        SocketException { SocketErrorCode: SocketError.AccessDenied } => new StartFailure(1, "tutti: this user may not listen on that port; choose one from 1024 up with --port."),
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } => new StartFailure(1, "tutti: this machine does not have the address given by --host."),
        DatabaseUnusableException => new StartFailure(1, $"tutti: {error.Message}"),
        DataFolderException => new StartFailure(1, $"tutti: {error.Message}"),
        _ => null,
    };

    // Kestrel: "Failed to bind to address http://[::]:3000: address already in use."
    private static string Bound(Exception error)
    {
        var start = error.Message.IndexOf("http://", StringComparison.Ordinal);
        var end = start < 0 ? -1 : error.Message.IndexOf(": address", start, StringComparison.Ordinal);
        return end < 0 ? "the port is" : $"port {error.Message[(error.Message.LastIndexOf(':', end - 1) + 1)..end]} is";
    }
}
