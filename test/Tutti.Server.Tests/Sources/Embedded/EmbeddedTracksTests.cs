using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tutti.Protocol;
using Tutti.Server.Sources;
using Tutti.Server.Sources.Embedded;

namespace Tutti.Server.Tests.Sources.Embedded;

/// <summary>What is known of a service's tracks, against a service of our own on loopback.</summary>
public sealed class EmbeddedTracksTests : IDisposable
{
    private static readonly byte[] s_picture = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3];
    private readonly TestFolder _folder = new();
    private readonly HttpListener _service = new();
    private readonly Uri _address;
    private string _answer = "";
    private int _status = 200;

    public EmbeddedTracksTests()
    {
        using (var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            _address = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}");
        }
        _service.Prefixes.Add(_address.AbsoluteUri);
        _service.Start();
        _ = ServeAsync();
    }

    public void Dispose()
    {
        _service.Close();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_track_has_the_words_and_the_picture_that_its_service_gives()
    {
        _answer = $$"""{"title":"A \u0007Song","author_name":"Someone","thumbnail_url":"{{_address}}picture"}""";
        var track = await Tracks().AddAsync(Video(), Ct);
        Assert.Equal(("A  Song", "Someone", true), (track.Title, track.Artist, track.IsDescribed));
        Assert.Equal($"/api/tracks/{track.Id}/cover", track.Summary().CoverUrl);
        Assert.Equal(s_picture, await File.ReadAllBytesAsync(Tracks().PictureOf(track.Id)!, Ct));
        Assert.Equal(TrackSummary.UnknownDurationMicros, track.Summary().DurationMicros);
        Assert.Null(track.Media().Samples);

        _status = 500;
        Assert.Equal(track, await Tracks().AddAsync(Video(), Ct));
    }

    [Fact]
    public async Task A_service_that_cannot_be_reached_leaves_the_words_to_the_first_device()
    {
        _status = 500;
        var tracks = Tracks();
        var added = await tracks.AddAsync(Video(), Ct);
        Assert.False(added.IsDescribed);
        List<EmbeddedTrack> told = [];
        tracks.Changed += told.Add;
        tracks.Learn(added.Id, new LoadedFacts(200_000_000, "Its Title", "Its Maker"));
        tracks.Learn(added.Id, new LoadedFacts(200_900_000, "Its Title", null));
        var known = Assert.Single(told);
        Assert.Equal(("Its Title", "Its Maker", 200_000_000L), (known.Title, known.Artist, known.Summary().DurationMicros));
        Assert.Equal(known, tracks.Find(added.Id));
        Assert.Equal(9_600_000, known.Media().Samples);
    }

    [Fact]
    public async Task A_device_says_nothing_of_words_that_the_service_gave_but_may_correct_the_length()
    {
        _answer = """{"title":"Right","author_name":"Someone"}""";
        var tracks = Tracks();
        var id = (await tracks.AddAsync(Video(startSeconds: 30), Ct)).Id;
        tracks.Learn(id, new LoadedFacts(1_000_000, "Wrong", "Wrong"));
        tracks.Learn(id, new LoadedFacts(100_000_000, "Wrong", "Wrong"));
        var known = tracks.Find(id)!;
        Assert.Equal(("Right", "Someone", 70_000_000L), (known.Title, known.Artist, known.DurationMicros));
        tracks.Learn("e0123456789abcdef", new LoadedFacts(1_000_000, "Never added", null));
        Assert.Null(tracks.Find("e0123456789abcdef"));
        Assert.Null(tracks.Find("e../../../../etc/"));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(404)]
    public async Task What_the_service_says_cannot_be_played_is_refused(int status)
    {
        _status = status;
        Assert.Equal(ErrorCode.NotPlayable, (await Assert.ThrowsAsync<LinkException>(() => Tracks().AddAsync(Video(), Ct))).Code);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("""{"title":7}""")]
    [InlineData("{}")]
    public async Task An_answer_that_says_nothing_is_as_none(string answer)
    {
        _answer = answer;
        Assert.False((await Tracks().AddAsync(Video(), Ct)).IsDescribed);
    }

    [Fact]
    public async Task Services_that_are_turned_off_take_nothing_and_play_nothing_from_before()
    {
        _status = 500;
        var track = await Tracks().AddAsync(Video(), Ct);
        var off = Tracks(new PlayerOptions { YouTube = false });
        Assert.Equal(ErrorCode.ServiceOff, (await Assert.ThrowsAsync<LinkException>(() => off.AddAsync(Video(), Ct))).Code);
        Assert.Equal(ErrorCode.ServiceOff, (await Assert.ThrowsAsync<LinkException>(() => off.AddAsync(new EmbeddedRef(EmbeddedService.Spotify, "x"), Ct))).Code);
        Assert.Equal((int)ErrorCode.ServiceOff, off.Refusal(track)?.Code);
        Assert.Null(Tracks().Refusal(track));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static EmbeddedRef Video(long startSeconds = 0) => new(EmbeddedService.YouTube, "dQw4w9WgXcQ", startSeconds * 1_000_000);

    private EmbeddedTracks Tracks(PlayerOptions? options = null)
    {
        var fetcher = new LinkFetcher(Options.Create(new SourceOptions { AllowPrivateAddresses = true }), TimeProvider.System);
        var players = Options.Create((options ?? new PlayerOptions()) with { YouTubeAddress = _address });
        return new EmbeddedTracks(new DataFolder(_folder.Path), new ServiceWords(fetcher, players, TimeProvider.System), players, NullLogger<EmbeddedTracks>.Instance);
    }

    private async Task ServeAsync()
    {
        while (_service.IsListening)
        {
            try
            {
                var context = await _service.GetContextAsync();
                using var response = context.Response;
                var isPicture = context.Request.Url!.AbsolutePath == "/picture";
                response.StatusCode = isPicture ? 200 : _status;
                await response.OutputStream.WriteAsync(isPicture ? s_picture : System.Text.Encoding.UTF8.GetBytes(_answer), Ct);
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or OperationCanceledException)
            {
                return;
            }
        }
    }
}
