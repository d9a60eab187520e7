using Microsoft.Extensions.Logging;

namespace Tutti.Server.Rooms;

internal static partial class RoomLog
{
    [LoggerMessage(2101, LogLevel.Information, "Room {Code} opened (epoch {Epoch}, version {Version})")]
    public static partial void Opened(this ILogger logger, string code, string epoch, long version);

    [LoggerMessage(2102, LogLevel.Information, "Room {Code} put away")]
    public static partial void PutAway(this ILogger logger, string code);

    [LoggerMessage(2103, LogLevel.Warning, "Room {Code}: {Name} ({Number}): {Message}")]
    public static partial void Notice(this ILogger logger, string code, string name, int number, string message);

    [LoggerMessage(2104, LogLevel.Error, "Room {Code}: an input failed and was refused (incident {Incident})")]
    public static partial void InputFailed(this ILogger logger, Exception exception, string code, string incident);

    [LoggerMessage(2105, LogLevel.Error, "Room {Code} could not be saved; it is tried again")]
    public static partial void SaveFailed(this ILogger logger, Exception exception, string code);

    [LoggerMessage(2106, LogLevel.Error, "Room {Code}: preparing track {TrackId} failed")]
    public static partial void PrepareFailed(this ILogger logger, Exception exception, string code, string trackId);

    [LoggerMessage(2107, LogLevel.Information, "Room {Code} took over version {Version} from device {DeviceId}")]
    public static partial void HandedOver(this ILogger logger, string code, long version, string deviceId);

    [LoggerMessage(2108, LogLevel.Warning, "Room {Code}: the hand-over of device {DeviceId} does not carry our seal and is ignored")]
    public static partial void SealRefused(this ILogger logger, string code, string deviceId);

    [LoggerMessage(2109, LogLevel.Error, "Room {Code}: the stored state cannot be read; nobody comes in, and Home alone starts empty")]
    public static partial void StoredStateUnreadable(this ILogger logger, Exception exception, string code);

    [LoggerMessage(2110, LogLevel.Error, "What was set of devices could not be saved; it is tried again")]
    public static partial void DevicesNotSaved(this ILogger logger, Exception exception);
}
