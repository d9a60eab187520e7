using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Tutti.Protocol;
using Tutti.Server.Media;
using Tutti.Server.Rooms;
using Tutti.Timing;

namespace Tutti.Server.Sources.Radio;

/// <summary>The stations of this process, each made when it is first played.</summary>
public sealed class RadioStations : IAsyncDisposable
{
    /// <summary>How the key of a live sound begins.</summary>
    public const string KeyPrefix = "live-";

    private readonly RadioServices _services;
    private readonly IOptions<SourceOptions> _options;
    private readonly OpusTier _thin;
    private readonly ConcurrentDictionary<string, Lazy<RadioStation>> _byTrack = new();
    private readonly ConcurrentDictionary<(string Key, int Segment), Lazy<Task<FaultInfo?>>> _encoding = new();

    public RadioStations(
        DataFolder data, LinkFetcher fetcher, OpusTier thin, IOptions<SourceOptions> options, IOptions<MediaOptions> media, IServerClock serverClock,
        TimeProvider clock, ILogger<RadioStations> logger)
    {
        (_options, _thin) = (options, thin);
        var folder = data.Within("radio");
        if (Directory.Exists(folder))
        {
            // Of an earlier life of the process: nobody can ask for it.
            Directory.Delete(folder, recursive: true);
        }
        _services = new RadioServices(
            folder, fetcher, options.Value, TimeSpan.FromSeconds(media.Value.SegmentWaitSeconds), serverClock, clock, logger, news => News?.Invoke(news));
    }

    /// <summary>Raised from any thread.</summary>
    public event Action<StationNews>? News;

    /// <summary>Stations that are read at this moment.</summary>
    public int BeingRead => _byTrack.Values.Count(static station => station.IsValueCreated && station.Value.IsRead);

    public static bool IsLive(string key) => key.StartsWith(KeyPrefix, StringComparison.Ordinal);

    /// <summary>Gets a station going; answers when its sound comes, or why it does not.</summary>
    public async Task<MediaOutcome> PrepareAsync(LinkTrack track, CancellationToken ct)
    {
        var station = _byTrack.GetOrAdd(track.Id, _ => new Lazy<RadioStation>(() => new RadioStation(track, _services))).Value;
        if (!station.IsRead && BeingRead >= _options.Value.MaxStations)
        {
            return new MediaOutcome.Failed(FaultInfo.Of(ErrorCode.TooManyStations, $"{_options.Value.MaxStations} stations are read at once already"));
        }
        if (await station.BeginAsync(ct) is { } fault)
        {
            return new MediaOutcome.Failed(fault);
        }
        if (station.Title is { } title)
        {
            // Said before this room was there to hear it.
            News?.Invoke(new StationNews.Titled(track.Id, title));
        }
        return new MediaOutcome.Ready(station.Media);
    }

    /// <inheritdoc cref="MediaService.OpenSegmentAsync"/>
    public async Task<SegmentOutcome> OpenAsync(string key, int segment, CancellationToken ct) =>
        Find(key) is { } station && segment >= 0 ? await station.OpenAsync(segment, ct) : NotFound(segment);

    /// <inheritdoc cref="OpusTier.OpenAsync"/>
    public async Task<SegmentOutcome> OpenThinAsync(string key, int segment, CancellationToken ct)
    {
        if (Find(key) is not { } station || segment < 0)
        {
            return NotFound(segment);
        }
        var whole = await station.OpenAsync(segment, ct);
        if (whole is not SegmentOutcome.Found { Stream: var flac })
        {
            return whole;
        }
        await using (flac)
        {
            if (station.OpenThin(segment) is { } ready)
            {
                return new SegmentOutcome.Found(ready);
            }
            // Once for all who ask, so that the copy is one; nobody's impatience ends it.
            var fault = await _encoding.GetOrAdd((key, segment), _ => new Lazy<Task<FaultInfo?>>(() => EncodeAsync(station, segment, flac.Name))).Value.WaitAsync(ct);
            return fault is null && station.OpenThin(segment) is { } made ? new SegmentOutcome.Found(made) : new SegmentOutcome.Refused(fault ?? OpusTier.NotMade);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var station in _byTrack.Values.Where(static station => station.IsValueCreated))
        {
            await station.Value.DisposeAsync();
        }
    }

    private async Task<FaultInfo?> EncodeAsync(RadioStation station, int segment, string flac)
    {
        await Task.Yield();
        try
        {
            if (station.OpenThin(segment) is { } made)
            {
                await made.DisposeAsync();
                return null;
            }
            if (await _thin.EncodeAsync(flac) is not { } opus)
            {
                return OpusTier.NotMade;
            }
            station.KeepThin(segment, opus);
            return null;
        }
        finally
        {
            _encoding.TryRemove((station.Key, segment), out _);
        }
    }

    private RadioStation? Find(string key) =>
        _byTrack.Values.FirstOrDefault(station => station.IsValueCreated && station.Value.Key == key)?.Value;

    private static SegmentOutcome.Refused NotFound(int segment) =>
        new(FaultInfo.Of(ErrorCode.SegmentNotFound, $"no segment {segment} of this station"));
}

/// <summary>What every station needs of the world.</summary>
internal sealed record RadioServices(
    string Root, LinkFetcher Fetcher, SourceOptions Options, TimeSpan SegmentWait, IServerClock ServerClock, TimeProvider Clock, ILogger Logger, Action<StationNews> Tell)
{
    public string Folder(string key) => Path.Combine(Root, key);
}
