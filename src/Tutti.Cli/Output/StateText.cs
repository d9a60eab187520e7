using Tutti.Client;
using Tutti.Protocol;
using Tutti.Protocol.Rest;

namespace Tutti.Cli.Output;

/// <summary>Rooms, tracks and devices in words.</summary>
internal static class StateText
{
    public static string Status(PlaybackStatus status) => status switch
    {
        PlaybackStatus.Stopped => "stopped",
        PlaybackStatus.Preparing => "preparing",
        PlaybackStatus.Playing => "playing",
        PlaybackStatus.Paused => "paused",
        _ => status.ToString(),
    };

    public static string Track(string title, string artist) => artist.Length > 0 ? $"{title} – {artist}" : title;

    public static string Place(RoomTrack track, double positionSeconds) =>
        track.Live ? "live" : $"{TimeText.Of(positionSeconds)} / {TimeText.Of(track.DurationSeconds)}";

    public static string Of(PlaybackState state) => state.Track is { } track
        ? $"{state.Room}  {Status(state.Status)}  {Track(track.Title, track.Artist)}  {Place(track, state.PositionSeconds)}  "
            + $"volume {state.Volume}"
        : $"{state.Room}  {Status(state.Status)}  nothing in the queue  volume {state.Volume}";

    /// <summary>Playing, silent or away (docs/protocol.md §5a), and what else a glance should tell.</summary>
    public static string Sound(DeviceInfo device) => device switch
    {
        { Connected: false } => "away",
        { Sound.On: false } => "silent",
        { Muted: true } => "muted",
        { Kind: DeviceKind.Control } => "control",
        { Report.Output: OutputState.On } => "playing",
        _ => "output off",
    };

    public static string SyncError(DeviceInfo device) => device.Report?.SyncErrorMs is { } ms ? $"{ms:+0.00;-0.00;0.00} ms" : "";

    public static readonly string[] DeviceHeadings = ["id", "name", "kind", "sound", ">volume", ">trim", ">sync error", ">rtt"];

    public static string[] Row(DeviceInfo device) =>
    [
        device.Id, device.Name, device.Kind.ToString().ToLowerInvariant(), Sound(device), $"{device.Volume}", $"{device.TrimMs:0.##} ms", SyncError(device),
        device.Report is { } report ? $"{report.RttMs:0.0} ms" : "",
    ];
}
