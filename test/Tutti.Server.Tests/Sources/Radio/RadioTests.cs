using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tutti.Protocol;
using Tutti.Server.Library;
using Tutti.Server.Library.Reading;
using Tutti.Server.Media;
using Tutti.Server.Rooms;
using Tutti.Server.Sources;
using Tutti.Server.Sources.Radio;
using Tutti.Server.Tests.Hosting;
using Tutti.Server.Tests.Realtime;
using Tutti.Server.Tests.Rooms;
using Tutti.Timing;
using MadeSound = Tutti.Server.Tests.Media.Ffmpeg;

namespace Tutti.Server.Tests.Sources.Radio;

/// <summary>Internet radio against a station of our own on loopback: real connections, real decoding, the real clock.</summary>
public sealed class RadioTests : IDisposable
{
    private const double BurstSeconds = 5;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);
    private readonly TestFolder _folder = new();
    private readonly ServerClock _clock = new(TimeProvider.System);
    private readonly Channel<StationNews> _news = Channel.CreateUnbounded<StationNews>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task All_who_listen_get_the_same_bytes_of_the_same_instant()
    {
        using var station = await StationAsync();
        await using var radio = Radio(out var tracks);
        var track = await tracks.AddAsync(station.Url, Ct);
        Assert.Equal(("Radio Local", true, 2, TrackSummary.LiveDurationMicros), (track.Title, track.Live, track.Channels, track.DurationMicros));
        var (first, second) = (await ReadyAsync(radio, track), await ReadyAsync(radio, track));
        Assert.Equal(first, second);
        Assert.StartsWith(RadioStations.KeyPrefix, first.Key);
        Assert.Null(first.Samples);

        // The sounding segment and those after it, the first of which are silence until the burst has its place.
        var sounding = (int)(_clock.Now.Value / 2_000_000);
        var one = await Task.WhenAll(Enumerable.Range(sounding, 4).Select(n => BytesAsync(radio.OpenAsync(first.Key, n, Ct))));
        var other = await Task.WhenAll(Enumerable.Range(sounding, 4).Select(n => BytesAsync(radio.OpenAsync(first.Key, n, Ct))));
        Assert.Equal(one, other);
        var (thin, thinAgain) = (BytesAsync(radio.OpenThinAsync(first.Key, sounding + 2, Ct)), BytesAsync(radio.OpenThinAsync(first.Key, sounding + 2, Ct)));
        Assert.Equal(await thin, await thinAgain);
        Assert.Equal("OggS"u8.ToArray(), (await thin)[..4]);

        var loudest = 0;
        foreach (var flac in one)
        {
            await File.WriteAllBytesAsync(_folder.Within("segment.flac"), flac, Ct);
            var pcm = await MadeSound.DecodeSegmentAsync(_folder.Within("segment.flac"));
            Assert.Equal(2 * first.SegmentSamples, pcm.Length);
            loudest = Math.Max(loudest, pcm.Max());
        }

        Assert.InRange(loudest, 8_000, 16_000);
        Assert.Equal(1, station.Connections - 1);
        Assert.Equal(1, radio.BeingRead);
    }

    [Fact]
    public async Task Titles_are_told_and_a_station_that_breaks_off_and_returns_goes_on()
    {
        using var station = await StationAsync();
        station.Title = "First - Ün";
        await using var radio = Radio(out var tracks);
        var track = await tracks.AddAsync(station.Url, Ct);
        var begun = _clock.Now;
        var media = await ReadyAsync(radio, track);
        var first = new StationNews.Titled(track.Id, "First - Ün");
        Assert.Equal(first, await NewsAsync());
        Assert.InRange(_clock.Now.Value - begun.Value, LivePlacing.WaitingAheadMicros, long.MaxValue);

        station.Title = "Second";
        station.Drop();
        Assert.Equal(new StationNews.Titled(track.Id, "Second"), await NewsAfterAsync(first));
        Assert.Equal(3, station.Connections);
        Assert.Equal(media, await ReadyAsync(radio, track));
        Assert.NotEmpty(await BytesAsync(radio.OpenAsync(media.Key, (int)(_clock.Now.Value / 2_000_000) + 1, Ct)));
    }

    [Fact]
    public async Task A_station_that_stays_away_is_lost_and_can_be_found_again()
    {
        using var station = await StationAsync();
        await using var radio = Radio(out var tracks, patienceSeconds: 1);
        var track = await tracks.AddAsync(station.Url, Ct);
        var media = await ReadyAsync(radio, track);
        station.IsOff = true;
        station.Drop();
        var lost = Assert.IsType<StationNews.Lost>(await NewsAsync());
        Assert.Equal((track.Id, (int)ErrorCode.StationLost), (lost.TrackId, lost.Fault.Code));
        Assert.Equal(0, radio.BeingRead);
        Assert.Equal((int)ErrorCode.LinkUnreachable, Assert.IsType<MediaOutcome.Failed>(await radio.PrepareAsync(track, Ct)).Fault.Code);
        station.IsOff = false;
        Assert.Equal(media, await ReadyAsync(radio, track));
    }

    [Fact]
    public async Task It_is_read_only_while_somebody_listens()
    {
        using var station = await StationAsync();
        var time = new ManualTimeProvider();
        await using var radio = Radio(out var tracks, clock: time);
        var track = await tracks.AddAsync(station.Url, Ct);
        var media = await ReadyAsync(radio, track);
        Assert.Equal((1, 2), (radio.BeingRead, station.Connections));

        await ComesTrueAsync("nobody reads the station", () => radio.BeingRead == 0 && station.Left == 2, () => time.Advance(TimeSpan.FromSeconds(61)));

        Assert.Equal(media, await ReadyAsync(radio, track));
        Assert.Equal((1, 3), (radio.BeingRead, station.Connections));
    }

    [Fact]
    public async Task A_server_that_ends_waits_for_no_clock()
    {
        using var station = await StationAsync();
        var radio = Radio(out var tracks, clock: new ManualTimeProvider());
        await ReadyAsync(radio, await tracks.AddAsync(station.Url, Ct));
        await radio.DisposeAsync().AsTask().WaitAsync(s_limit, Ct);
        await ComesTrueAsync("the station has been left", () => station.Left == 2);
    }

    [Fact]
    public async Task What_a_station_gives_instead_of_its_stream_leads_to_it()
    {
        using var station = await StationAsync(statusLine: "ICY 200 OK");
        await using var radio = Radio(out var tracks);
        foreach (var link in new[] { station.Url, station.MovedUrl, station.PlsUrl, station.M3uUrl })
        {
            var track = await tracks.AddAsync(link, Ct);
            Assert.Equal((link, "Radio Local", true), (track.Url, track.Title, track.Live));
        }
        await ReadyAsync(radio, await tracks.AddAsync(station.PlsUrl, Ct));
        Assert.Equal(ErrorCode.LinkSilent, (await Assert.ThrowsAsync<LinkException>(() => tracks.AddAsync(station.HlsUrl, Ct))).Code);
        Assert.Equal(ErrorCode.LinkUnreachable, (await Assert.ThrowsAsync<LinkException>(() => tracks.AddAsync(station.LoopUrl, Ct))).Code);
    }

    [Fact]
    public async Task What_is_no_segment_is_refused()
    {
        using var station = await StationAsync();
        await using var radio = Radio(out var tracks);
        var media = await ReadyAsync(radio, await tracks.AddAsync(station.Url, Ct));
        var sounding = (int)(_clock.Now.Value / 2_000_000);
        foreach (var (key, segment) in new[] { (media.Key, 0), (media.Key, -1), (media.Key, sounding + 1_000), (media.Key[..^8] + "00000000", sounding), ("live-../../x", sounding) })
        {
            Assert.Equal((int)ErrorCode.SegmentNotFound, Assert.IsType<SegmentOutcome.Refused>(await radio.OpenAsync(key, segment, Ct)).Fault.Code);
            Assert.Equal((int)ErrorCode.SegmentNotFound, Assert.IsType<SegmentOutcome.Refused>(await radio.OpenThinAsync(key, segment, Ct)).Fault.Code);
        }
    }

    [Fact]
    public async Task What_cannot_be_read_is_refused_with_its_number()
    {
        using var off = await StationAsync();
        off.IsOff = true;
        using var noise = new LocalStation(new byte[100_000]);
        await using var radio = Radio(out var tracks);
        Assert.Equal(ErrorCode.LinkUnreachable, (await Assert.ThrowsAsync<LinkException>(() => tracks.AddAsync(off.Url, Ct))).Code);
        Assert.Equal(ErrorCode.LinkSilent, (await Assert.ThrowsAsync<LinkException>(() => tracks.AddAsync(noise.Url, Ct))).Code);

        using var station = await StationAsync();
        await using var strict = Radio(out var guarded, allowPrivate: false);
        Assert.Equal(ErrorCode.LinkRefused, (await Assert.ThrowsAsync<LinkException>(() => guarded.AddAsync(station.Url, Ct))).Code);
        var known = await tracks.AddAsync(station.Url, Ct);
        Assert.Equal((int)ErrorCode.LinkRefused, Assert.IsType<MediaOutcome.Failed>(await strict.PrepareAsync(known, Ct)).Fault.Code);
    }

    [Fact]
    public async Task One_that_does_not_say_what_it_is_is_known_by_its_pace()
    {
        using var station = await StationAsync(isSilentAboutItself: true);
        await using var radio = Radio(out var tracks, time: new LaterAtEachLook());
        var track = await tracks.AddAsync(station.Url, Ct);
        Assert.Equal(("127.0.0.1", true), (track.Title, track.Live));
    }

    [Fact]
    public async Task A_pasted_station_plays_in_a_room_and_says_what_it_plays()
    {
        using var station = await StationAsync();
        station.Title = "Someone - Something";
        await using var server = new RunningServer("--Tutti:Sources:AllowPrivateAddresses=true");
        await server.InitializeAsync();
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(server.Url) { Scheme = "ws", Path = "/ws" }.Uri, Ct);
        using var device = new TestSocket(socket);
        await device.SendAsync(TestSocket.Hello("device-a"));
        await device.ReceiveAsync("snapshot");
        var added = await (await server.Http.PostAsJsonAsync("/api/queue", new { url = station.Url }, Ct)).JsonAsync();
        Assert.Equal(("Radio Local", true), (added["queue"]![0]!["track"]!["title"]!.ToString(), added["queue"]![0]!["track"]!["live"]!.GetValue<bool>()));
        await (await server.PostAsync("/api/playback/play")).JsonAsync();

        var state = await StateAsync(device, state => state.GetProperty("queue")[0].TryGetProperty("streamTitle", out _));
        Assert.Equal("Someone - Something", state.GetProperty("queue")[0].GetProperty("streamTitle").GetString());
        var timeline = state.GetProperty("timeline");
        Assert.Equal((1, timeline.GetProperty("atMicros").GetInt64()), (timeline.GetProperty("rate").GetInt32(), timeline.GetProperty("positionMicros").GetInt64()));
        var key = state.GetProperty("queue")[0].GetProperty("media").GetProperty("key").GetString();
        var next = (timeline.GetProperty("positionMicros").GetInt64() / 2_000_000) + 1;
        foreach (var tier in new[] { "flac", "opus" })
        {
            using var answer = await server.GetAsync($"/media/{key}/{tier}/{next}");
            Assert.Contains("immutable", answer.Headers.CacheControl!.ToString());
            Assert.Equal(await answer.Content.ReadAsByteArrayAsync(Ct), await (await server.GetAsync($"/media/{key}/{tier}/{next}")).Content.ReadAsByteArrayAsync(Ct));
        }

        var playback = await (await server.GetAsync("/api/playback/state")).JsonAsync();
        Assert.Equal((0, true), (playback["position"]!.GetValue<double>(), playback["durationSeconds"] is null));
        await (await server.PostAsync("/api/playback/seek", new { position = 5 })).RefusedAsync(ErrorCode.PositionOutOfRange, System.Net.HttpStatusCode.BadRequest);
    }

    private static async Task<JsonElement> StateAsync(TestSocket device, Func<JsonElement, bool> isIt)
    {
        while (true)
        {
            var state = (await device.ReceiveAsync("state")).GetProperty("state");
            if (isIt(state))
            {
                return state;
            }
        }
    }

    private static async Task ComesTrueAsync(string what, Func<bool> isTrue, Action? meanwhile = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(s_limit);
        while (!isTrue())
        {
            Assert.False(limit.IsCancellationRequested, $"Waited {s_limit.TotalSeconds} s until {what}.");
            meanwhile?.Invoke();
            await Task.Yield();
        }
    }

    private async Task<LocalStation> StationAsync(bool isSilentAboutItself = false, string statusLine = "HTTP/1.0 200 OK")
    {
        var path = _folder.Within($"{Guid.NewGuid():N}.mp3");
        await MadeSound.MakeAsync(path, MadeSound.Music(44_100, BurstSeconds), "-c:a", "libmp3lame", "-b:a", "128k");
        return new LocalStation(await File.ReadAllBytesAsync(path, Ct)) { IsSilentAboutItself = isSilentAboutItself, StatusLine = statusLine };
    }

    private RadioStations Radio(out LinkTracks tracks, int patienceSeconds = 60, bool allowPrivate = true, TimeProvider? time = null, TimeProvider? clock = null)
    {
        var options = Options.Create(new SourceOptions { AllowPrivateAddresses = allowPrivate, RadioPatienceSeconds = patienceSeconds });
        var media = Options.Create(new MediaOptions());
        var data = new DataFolder(Directory.CreateDirectory(_folder.Within($"data-{Guid.NewGuid():N}")).FullName);
        var fetcher = new LinkFetcher(options, time ?? TimeProvider.System);
        tracks = new LinkTracks(data, fetcher, new FfprobeReader(Options.Create(new LibraryOptions()), TimeProvider.System), options, TimeProvider.System);
        var cache = new SegmentCache(data, media, TimeProvider.System, NullLogger<SegmentCache>.Instance);
        var thin = new OpusTier(null!, cache, media, TimeProvider.System, NullLogger<OpusTier>.Instance);
        var radio = new RadioStations(
            data, fetcher, thin, options, media, clock is null ? _clock : new ServerClock(clock), clock ?? TimeProvider.System, NullLogger<RadioStations>.Instance);
        radio.News += news => _news.Writer.TryWrite(news);
        return radio;
    }

    private static async Task<MediaInfo> ReadyAsync(RadioStations radio, LinkTrack track) =>
        Assert.IsType<MediaOutcome.Ready>(await radio.PrepareAsync(track, Ct).WaitAsync(s_limit, Ct)).Media;

    private static async Task<byte[]> BytesAsync(Task<SegmentOutcome> opening)
    {
        await using var stream = Assert.IsType<SegmentOutcome.Found>(await opening).Stream;
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, Ct);
        return bytes.ToArray();
    }

    private async Task<StationNews> NewsAsync()
    {
        try
        {
            return await _news.Reader.ReadAsync(Ct).AsTask().WaitAsync(s_limit, Ct);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Waited {s_limit.TotalSeconds} s for news of a station.");
        }
    }

    // Who gets a station ready is told once more what was said before.
    private async Task<StationNews> NewsAfterAsync(StationNews known)
    {
        StationNews news;
        do
        {
            news = await NewsAsync();
        }
        while (news == known);
        return news;
    }

    /// <summary>Six seconds pass from one look at it to the next.</summary>
    private sealed class LaterAtEachLook : TimeProvider
    {
        private long _looks;

        public override long GetTimestamp() => 6 * TimestampFrequency * Interlocked.Increment(ref _looks);
    }
}
