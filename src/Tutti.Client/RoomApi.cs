using Tutti.Client.Rest;
using Tutti.Protocol;
using Tutti.Protocol.Rest;

namespace Tutti.Client;

/// <summary>
/// One room over REST. Every command answers with the playback state that holds its effect; what is refused is a <see cref="TuttiException"/>
/// with the number that docs/protocol.md §9 lists.
/// </summary>
public sealed class RoomApi
{
    private readonly RestTransport _rest;
    private readonly string _path;

    /// <param name="rest">Carries the calls.</param>
    /// <param name="code">Null: the short forms, which mean one's own room, or Home.</param>
    internal RoomApi(RestTransport rest, string? code)
    {
        _rest = rest;
        _path = code is null ? "api" : $"api/rooms/{PathPart.Of(code)}";
        Code = code;
    }

    /// <summary>The room's code as it was asked for; null for the short forms.</summary>
    public string? Code { get; }

    /// <summary>The people of the room, its door, and how it is held. The short forms have none: name the room by its code.</summary>
    /// <exception cref="InvalidOperationException">This is the short form.</exception>
    public PeopleApi People => Code is null
        ? throw new InvalidOperationException("Only a room that is named by its code can be asked for its people.")
        : new PeopleApi(_rest, _path);

    /// <summary>The room in full. The short forms have no such call: ask for their <see cref="StateAsync"/>.</summary>
    /// <exception cref="InvalidOperationException">This is the short form.</exception>
    public Task<RoomDetail> GetAsync(CancellationToken ct = default) => Code is null
        ? throw new InvalidOperationException("Only a room that is named by its code can be asked for in full.")
        : _rest.GetAsync(_path, AnswerJson.Default.RoomDetail, ct);

    /// <summary>Closes the room for good.</summary>
    /// <exception cref="InvalidOperationException">This is the short form.</exception>
    /// <exception cref="TuttiException">2102 <c>hostOnly</c>.</exception>
    public Task CloseAsync(CancellationToken ct = default) => Code is null
        ? throw new InvalidOperationException("Only a room that is named by its code can be closed.")
        : _rest.SendAsync(HttpMethod.Delete, _path, ct);

    /// <summary>What sounds now.</summary>
    public Task<PlaybackState> StateAsync(CancellationToken ct = default) =>
        _rest.GetAsync($"{_path}/playback/state", AnswerJson.Default.PlaybackState, ct);

    /// <summary>What was played, newest first.</summary>
    /// <param name="limit">Most to answer with.</param>
    /// <param name="ct">Gives up waiting.</param>
    public Task<HistoryList> HistoryAsync(int limit = 100, CancellationToken ct = default) =>
        _rest.GetAsync($"{_path}/history?limit={limit}", AnswerJson.Default.HistoryList, ct);

    /// <summary>The room's devices with their settings and newest sync reports.</summary>
    public Task<DeviceList> DevicesAsync(CancellationToken ct = default) => _rest.GetAsync($"{_path}/devices", AnswerJson.Default.DeviceList, ct);

    /// <summary>Sets name, icon, volume, mute or trim of a device, or whether it is silent in this room.</summary>
    /// <exception cref="TuttiException">2120 <c>deviceNotFound</c>, 1007 <c>invalidField</c>.</exception>
    public Task<DeviceList> SetDeviceAsync(string deviceId, DeviceChange change, CancellationToken ct = default) => _rest.SendAsync(
        HttpMethod.Patch, $"{_path}/devices/{PathPart.Of(deviceId)}", change, RestJson.Default.DeviceChange, AnswerJson.Default.DeviceList, ct);

    /// <summary>Forgets what was set of a device; one that is away is shown no longer.</summary>
    /// <exception cref="TuttiException">2120 <c>deviceNotFound</c>.</exception>
    public Task ForgetDeviceAsync(string deviceId, CancellationToken ct = default) =>
        _rest.SendAsync(HttpMethod.Delete, $"{_path}/devices/{PathPart.Of(deviceId)}", ct);

    /// <summary>Every device plays.</summary>
    public Task<DeviceList> EverywhereAsync(CancellationToken ct = default) => _rest.PostAsync($"{_path}/devices/everywhere", AnswerJson.Default.DeviceList, ct);

    /// <summary>One device plays, all others are silent.</summary>
    /// <exception cref="TuttiException">2120 <c>deviceNotFound</c>, 2121 <c>deviceOutputOff</c>.</exception>
    public Task<DeviceList> OnlyHereAsync(string deviceId, CancellationToken ct = default) => _rest.SendAsync(
        HttpMethod.Post, $"{_path}/devices/onlyHere", new OnlyHereBody(deviceId), RestJson.Default.OnlyHereBody, AnswerJson.Default.DeviceList, ct);

    /// <summary>Sound leaves one device and goes on in another at the same instant.</summary>
    /// <param name="fromDeviceId">The device that falls silent.</param>
    /// <param name="toDeviceId">The device that plays.</param>
    /// <param name="ct">Gives up waiting.</param>
    /// <exception cref="TuttiException">2120 <c>deviceNotFound</c>, 2121 <c>deviceOutputOff</c>.</exception>
    public Task<DeviceList> HandOverAsync(string fromDeviceId, string toDeviceId, CancellationToken ct = default) => _rest.SendAsync(
        HttpMethod.Post, $"{_path}/devices/handOver", new HandOverBody(fromDeviceId, toDeviceId), RestJson.Default.HandOverBody, AnswerJson.Default.DeviceList, ct);

    /// <summary>Resumes what is paused, or starts the queue.</summary>
    /// <exception cref="TuttiException">3001 <c>nothingToPlay</c>.</exception>
    public Task<PlaybackState> PlayAsync(CancellationToken ct = default) => CommandAsync("play", ct);

    /// <summary>Puts tracks into the queue right after the current item and starts one of them.</summary>
    /// <param name="trackIds">1 to 500 tracks.</param>
    /// <param name="startIndex">Which of them starts, from 0.</param>
    /// <param name="position">Where in it; null: at its start.</param>
    /// <param name="ct">Gives up waiting.</param>
    /// <exception cref="TuttiException">5001 <c>trackNotFound</c>, 4002 <c>queueFull</c>, 4003 <c>indexOutOfRange</c>, 3004 <c>positionOutOfRange</c>.</exception>
    public Task<PlaybackState> PlayAsync(IEnumerable<string> trackIds, int startIndex = 0, TimeSpan? position = null, CancellationToken ct = default) =>
        CommandAsync("play", new PlayBody([.. trackIds], startIndex == 0 ? null : startIndex, position?.TotalSeconds), RestJson.Default.PlayBody, ct);

    /// <summary>Holds at the place that sounds.</summary>
    /// <exception cref="TuttiException">3002 <c>notPlaying</c>.</exception>
    public Task<PlaybackState> PauseAsync(CancellationToken ct = default) => CommandAsync("pause", ct);

    /// <summary>Goes on from where it was held.</summary>
    /// <exception cref="TuttiException">3003 <c>notPaused</c>.</exception>
    public Task<PlaybackState> ResumeAsync(CancellationToken ct = default) => CommandAsync("resume", ct);

    /// <summary>Moves within the current track.</summary>
    /// <exception cref="TuttiException">3004 <c>positionOutOfRange</c>, 3001 <c>nothingToPlay</c>.</exception>
    public Task<PlaybackState> SeekAsync(TimeSpan position, CancellationToken ct = default) =>
        CommandAsync("seek", new SeekBody(position.TotalSeconds), RestJson.Default.SeekBody, ct);

    /// <summary>Silence; the current track goes back to its start.</summary>
    public Task<PlaybackState> StopAsync(CancellationToken ct = default) => CommandAsync("stop", ct);

    /// <summary>The next item of the queue.</summary>
    /// <exception cref="TuttiException">3005 <c>nothingNext</c>.</exception>
    public Task<PlaybackState> NextAsync(CancellationToken ct = default) => CommandAsync("next", ct);

    /// <summary>The item before; beyond 3 s into an item, its own start.</summary>
    /// <exception cref="TuttiException">3001 <c>nothingToPlay</c>.</exception>
    public Task<PlaybackState> PreviousAsync(CancellationToken ct = default) => CommandAsync("previous", ct);

    /// <summary>Jumps to an item of the queue.</summary>
    /// <exception cref="TuttiException">4001 <c>itemNotFound</c>.</exception>
    public Task<PlaybackState> ChangeToItemAsync(string itemId, CancellationToken ct = default) =>
        CommandAsync("changeTrack", new ChangeTrackBody(null, itemId), RestJson.Default.ChangeTrackBody, ct);

    /// <summary>Puts a track in the place of the current item.</summary>
    /// <exception cref="TuttiException">5001 <c>trackNotFound</c>.</exception>
    public Task<PlaybackState> ChangeToTrackAsync(string trackId, CancellationToken ct = default) =>
        CommandAsync("changeTrack", new ChangeTrackBody(trackId, null), RestJson.Default.ChangeTrackBody, ct);

    /// <summary>Volume of the whole room.</summary>
    /// <param name="percent">0–100.</param>
    /// <param name="ct">Gives up waiting.</param>
    /// <exception cref="TuttiException">3006 <c>volumeOutOfRange</c>.</exception>
    public Task<PlaybackState> SetVolumeAsync(int percent, CancellationToken ct = default) =>
        CommandAsync("volume", new VolumeBody(percent), RestJson.Default.VolumeBody, ct);

    /// <summary>Whether all tracks are made equally loud.</summary>
    public Task<PlaybackState> SetLevellingAsync(bool on, CancellationToken ct = default) =>
        CommandAsync("levelling", new LevellingBody(on), RestJson.Default.LevellingBody, ct);

    /// <summary>For how long tracks that follow each other are heard together. Tracks of one album in their order never are.</summary>
    /// <param name="seconds">0 (not at all) to 12.</param>
    /// <param name="ct">Gives up waiting.</param>
    /// <exception cref="TuttiException">3007 <c>crossfadeOutOfRange</c>.</exception>
    public Task<PlaybackState> SetCrossfadeAsync(int seconds, CancellationToken ct = default) =>
        CommandAsync("crossfade", new CrossfadeBody(seconds), RestJson.Default.CrossfadeBody, ct);

    /// <summary>The queue, in playing order.</summary>
    public Task<QueueList> QueueAsync(CancellationToken ct = default) => _rest.GetAsync($"{_path}/queue", AnswerJson.Default.QueueList, ct);

    /// <summary>Adds tracks to the queue.</summary>
    /// <param name="trackIds">1 to 500 tracks.</param>
    /// <param name="at">Where; left out: at the end.</param>
    /// <param name="ct">Gives up waiting.</param>
    /// <exception cref="TuttiException">5001 <c>trackNotFound</c>, 4002 <c>queueFull</c>, 4003 <c>indexOutOfRange</c>.</exception>
    public Task<PlaybackState> AddAsync(IEnumerable<string> trackIds, QueuePlace at = default, CancellationToken ct = default) => _rest.SendAsync(
        HttpMethod.Post, $"{_path}/queue", QueueAddBody.Of(trackIds, at), RestJson.Default.QueueAddBody, AnswerJson.Default.PlaybackState, ct);

    /// <summary>Adds the audio file or the internet radio station behind a link.</summary>
    /// <param name="link">Its http or https address.</param>
    /// <param name="at">Where; left out: at the end.</param>
    /// <param name="ct">Gives up waiting.</param>
    /// <exception cref="TuttiException">5201 <c>linkRefused</c> and what else is wrong with the link; 4002 <c>queueFull</c>.</exception>
    public Task<PlaybackState> AddLinkAsync(Uri link, QueuePlace at = default, CancellationToken ct = default) => _rest.SendAsync(
        HttpMethod.Post, $"{_path}/queue", QueueAddBody.Of(link, at), RestJson.Default.QueueAddBody, AnswerJson.Default.PlaybackState, ct);

    /// <summary>Moves an item of the queue.</summary>
    /// <param name="itemId">Which.</param>
    /// <param name="toIndex">The index that it then has, from 0.</param>
    /// <param name="ct">Gives up waiting.</param>
    /// <exception cref="TuttiException">4001 <c>itemNotFound</c>, 4003 <c>indexOutOfRange</c>.</exception>
    public Task<PlaybackState> MoveAsync(string itemId, int toIndex, CancellationToken ct = default) => _rest.SendAsync(
        HttpMethod.Post, $"{_path}/queue/move", new QueueMoveBody(itemId, toIndex), RestJson.Default.QueueMoveBody, AnswerJson.Default.PlaybackState, ct);

    /// <summary>Removes an item; removing the current one moves to the next.</summary>
    /// <exception cref="TuttiException">4001 <c>itemNotFound</c>.</exception>
    public Task<PlaybackState> RemoveAsync(string itemId, CancellationToken ct = default) =>
        _rest.DeleteAsync($"{_path}/queue/{PathPart.Of(itemId)}", AnswerJson.Default.PlaybackState, ct);

    /// <summary>Removes all but the current item.</summary>
    public Task<PlaybackState> ClearAsync(CancellationToken ct = default) => _rest.DeleteAsync($"{_path}/queue", AnswerJson.Default.PlaybackState, ct);

    private Task<PlaybackState> CommandAsync(string name, CancellationToken ct) =>
        _rest.PostAsync($"{_path}/playback/{name}", AnswerJson.Default.PlaybackState, ct);

    private Task<PlaybackState> CommandAsync<TBody>(
        string name, TBody body, System.Text.Json.Serialization.Metadata.JsonTypeInfo<TBody> type, CancellationToken ct) =>
        _rest.SendAsync(HttpMethod.Post, $"{_path}/playback/{name}", body, type, AnswerJson.Default.PlaybackState, ct);
}
