using Microsoft.Extensions.Logging;

namespace Tutti.Server.Realtime;

internal static partial class RealtimeLog
{
    [LoggerMessage(3101, LogLevel.Information, "Device {DeviceId} ({Name}) of {Caller} joined room {Code}")]
    public static partial void Joined(this ILogger logger, string deviceId, string name, string caller, string code);

    [LoggerMessage(3102, LogLevel.Information, "Device {DeviceId}: connection ended")]
    public static partial void Ended(this ILogger logger, string deviceId);

    [LoggerMessage(3103, LogLevel.Warning, "Device {DeviceId} reads too slowly and is closed")]
    public static partial void TooSlow(this ILogger logger, string deviceId);

    [LoggerMessage(3104, LogLevel.Warning, "Device {DeviceId} is closed: {Name}: {Message}")]
    public static partial void Fatal(this ILogger logger, string deviceId, string name, string message);

    [LoggerMessage(3105, LogLevel.Error, "Device {DeviceId}: sending failed")]
    public static partial void SendFailed(this ILogger logger, Exception exception, string deviceId);

    [LoggerMessage(3106, LogLevel.Error, "Device {DeviceId}: the session failed (incident {Incident})")]
    public static partial void SessionFailed(this ILogger logger, Exception exception, string deviceId, string incident);
}
