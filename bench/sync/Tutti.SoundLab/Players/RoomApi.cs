using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Tutti.SoundLab.Machine;

namespace Tutti.SoundLab.Players;

/// <summary>One room over REST, as a script drives it.</summary>
public sealed class RoomApi
{
    private readonly HttpClient _http;

    private RoomApi(HttpClient http, string code) => (_http, Code) = (http, code);

    public string Code { get; }

    public static async Task<RoomApi> CreateAsync(HttpClient http, CancellationToken cancellation)
    {
        using var answer = await http.PostAsync("api/rooms", JsonContent.Create(new JsonObject()), cancellation);
        return new RoomApi(http, (string)(await ReadAsync(answer, cancellation))["code"]!);
    }

    /// <summary>A room that is there already.</summary>
    public static RoomApi Of(HttpClient http, string code) => new(http, code);

    /// <summary>Waits until the library has a track of that title, and returns its id.</summary>
    public async Task<string> TrackIdAsync(string title, CancellationToken cancellation)
    {
        string? id = null;
        await Until.TrueAsync(
            $"the library shows “{title}”", TimeSpan.FromSeconds(60),
            async () => (id = await FindAsync(title, cancellation)) is not null, cancellation);
        return id!;
    }

    public Task PlayAsync(string trackId, CancellationToken cancellation) => CommandAsync("play", new() { ["trackId"] = trackId }, cancellation);

    /// <summary>Plays these one after the other.</summary>
    public Task PlayAllAsync(IReadOnlyList<string> trackIds, CancellationToken cancellation) =>
        CommandAsync("play", new() { ["trackIds"] = new JsonArray([.. trackIds.Select(id => (JsonNode)id)]) }, cancellation);

    public Task SeekAsync(double positionSeconds, CancellationToken cancellation) =>
        CommandAsync("seek", new() { ["position"] = positionSeconds }, cancellation);

    public Task VolumeAsync(int volume, CancellationToken cancellation) => CommandAsync("volume", new() { ["volume"] = volume }, cancellation);

    /// <summary>Whether all tracks are made equally loud.</summary>
    public Task LevellingAsync(bool on, CancellationToken cancellation) => CommandAsync("levelling", new() { ["on"] = on }, cancellation);

    /// <summary>For how long tracks that follow each other are heard together.</summary>
    public Task CrossfadeAsync(int seconds, CancellationToken cancellation) => CommandAsync("crossfade", new() { ["seconds"] = seconds }, cancellation);

    /// <summary>Adds a link to the queue, and returns the id of its track.</summary>
    public async Task<string> AddLinkAsync(string link, CancellationToken cancellation)
    {
        var state = await PostAsync("queue", new() { ["url"] = link }, cancellation);
        return (string)state["queue"]!.AsArray()[^1]!["track"]!["id"]!;
    }

    public Task PauseAsync(CancellationToken cancellation) => CommandAsync("pause", [], cancellation);

    public Task ResumeAsync(CancellationToken cancellation) => CommandAsync("resume", [], cancellation);

    public Task StopAsync(CancellationToken cancellation) => CommandAsync("stop", [], cancellation);

    public Task<JsonNode> StateAsync(CancellationToken cancellation) => GetAsync($"api/rooms/{Code}/playback/state", cancellation);

    public Task<JsonNode> DevicesAsync(CancellationToken cancellation) => GetAsync($"api/rooms/{Code}/devices", cancellation);

    /// <summary>Sound on this device and on no other.</summary>
    public Task OnlyHereAsync(string deviceId, CancellationToken cancellation) =>
        PostAsync("devices/onlyHere", new() { ["deviceId"] = deviceId }, cancellation);

    /// <summary>Sound leaves one device and goes on on another.</summary>
    public Task HandOverAsync(string from, string to, CancellationToken cancellation) =>
        PostAsync("devices/handOver", new() { ["from"] = from, ["to"] = to }, cancellation);

    /// <summary>Waits until so many devices say that their output is on.</summary>
    public Task OutputsOnAsync(int count, CancellationToken cancellation) => Until.TrueAsync(
        $"{count} devices in {Code} say that their output is on", TimeSpan.FromSeconds(20),
        async () => Outputs(await DevicesAsync(cancellation)).Count(output => output == "on") >= count, cancellation);

    private static IEnumerable<string?> Outputs(JsonNode devices) =>
        ((devices as JsonArray ?? devices["devices"]?.AsArray()) ?? [])
        .Where(device => (bool?)device!["connected"] == true)
        .Select(device => (string?)device!["report"]?["output"]);

    private async ValueTask<string?> FindAsync(string title, CancellationToken cancellation)
    {
        var tracks = (await GetAsync($"api/tracks?q={Uri.EscapeDataString(title)}", cancellation))["tracks"]!.AsArray();
        return (string?)tracks.FirstOrDefault(track => (string?)track!["title"] == title)?["id"];
    }

    private async Task<JsonNode> GetAsync(string path, CancellationToken cancellation)
    {
        using var answer = await _http.GetAsync(path, cancellation);
        return await ReadAsync(answer, cancellation);
    }

    private async Task CommandAsync(string command, JsonObject body, CancellationToken cancellation) =>
        await PostAsync($"playback/{command}", body, cancellation);

    private async Task<JsonNode> PostAsync(string path, JsonObject body, CancellationToken cancellation)
    {
        using var answer = await _http.PostAsync($"api/rooms/{Code}/{path}", JsonContent.Create(body), cancellation);
        return await ReadAsync(answer, cancellation);
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        return answer.IsSuccessStatusCode
            ? JsonNode.Parse(text.Length > 0 ? text : "{}")!
            : throw new HttpRequestException($"{answer.RequestMessage?.Method} {answer.RequestMessage?.RequestUri}: {(int)answer.StatusCode} {text}");
    }
}
