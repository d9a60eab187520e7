using System.Net;
using Microsoft.Extensions.Options;
using Tutti.Protocol;
using Tutti.Server.Library;
using Tutti.Server.Library.Reading;
using Tutti.Server.Sources;
using Tutti.Server.Tests.Media;
using MadeSound = Tutti.Server.Tests.Media.Ffmpeg;

namespace Tutti.Server.Tests.Sources;

/// <summary>Links that are pasted, against a web server of our own on loopback.</summary>
public sealed class LinkTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly HttpListener _web = new();
    private readonly string _base;
    private int _asked;

    public LinkTests()
    {
        // A free port, found by binding to it; taken by another in between, the listener would say so.
        using (var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            _base = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        }
        _web.Prefixes.Add(_base);
        _web.Start();
        _ = ServeAsync();
    }

    public void Dispose()
    {
        _web.Close();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_link_becomes_a_track_once_and_is_kept_over_a_restart()
    {
        await MadeSound.MakeAsync(_folder.Within("song.flac"), MadeSound.Music(44_100, 2), "-c:a", "flac", "-metadata", "title=Far Song", "-metadata", "artist=Someone");
        using var fetcher = Fetcher();
        var tracks = Tracks(fetcher);
        var both = await Task.WhenAll(tracks.AddAsync(_base + "song.flac", Ct), tracks.AddAsync($"  {_base}song.flac\n", Ct));
        Assert.Equal(both[0], both[1]);
        Assert.Equal(("Far Song", "Someone", 2), (both[0].Title, both[0].Artist, both[0].Channels));
        Assert.InRange(both[0].DurationMicros, 1_990_000, 2_010_000);
        Assert.Equal(1, _asked);

        var later = Tracks(fetcher);
        Assert.Equal(both[0], later.Find(both[0].Id));
        Assert.Equal(await File.ReadAllBytesAsync(_folder.Within("song.flac"), Ct), await File.ReadAllBytesAsync(await later.FileAsync(both[0], Ct), Ct));
        Assert.Equal(1, _asked);
        File.Delete(await later.FileAsync(both[0], Ct));
        Assert.True(File.Exists(await later.FileAsync(both[0], Ct)));
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task Redirects_are_followed_but_not_for_ever()
    {
        await MadeSound.MakeAsync(_folder.Within("song.flac"), MadeSound.Music(44_100, 1), "-c:a", "flac");
        using var fetcher = Fetcher();
        Assert.Equal("song", (await Tracks(fetcher).AddAsync(_base + "to/song.flac", Ct)).Title);
        await RefusedAsync(ErrorCode.LinkUnreachable, Tracks(fetcher), "loop");
    }

    [Fact]
    public async Task Lists_that_lead_to_lists_are_not_followed_to_all_their_ends()
    {
        await File.WriteAllTextAsync(_folder.Within("lists.m3u"), string.Concat(Enumerable.Range(0, 8).Select(n => $"{_base}lists.m3u?{n}\n")), Ct);
        using var fetcher = Fetcher();
        await RefusedAsync(ErrorCode.LinkUnreachable, Tracks(fetcher), "lists.m3u");
        Assert.InRange(_asked, 6, 16);
    }

    [Theory]
    [InlineData("missing.mp3", ErrorCode.LinkUnreachable)]
    [InlineData("list.txt", ErrorCode.LinkSilent)]
    [InlineData("endless", ErrorCode.LinkTooLarge)]
    [InlineData("large", ErrorCode.LinkTooLarge)]
    [InlineData("to-a-file", ErrorCode.LinkRefused)]
    public async Task What_gives_no_sound_is_refused_with_its_number_and_leaves_nothing(string path, ErrorCode expected)
    {
        await File.WriteAllTextAsync(_folder.Within("list.txt"), "a shopping list", Ct);
        using var fetcher = Fetcher();
        await RefusedAsync(expected, Tracks(fetcher), path);
        Assert.Empty(Directory.GetFiles(_folder.Within("links")));
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://example.org/a.mp3")]
    [InlineData("http://user:secret@example.org/a.mp3")]
    [InlineData("/etc/passwd")]
    [InlineData("song.mp3")]
    public void What_is_no_web_address_is_refused(string link) =>
        Assert.Equal(ErrorCode.LinkRefused, Assert.Throws<LinkException>(() => LinkFetcher.Read(link)).Code);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("0x7f.1")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task This_machine_and_this_house_are_not_reached_unless_allowed(string host)
    {
        using var fetcher = Fetcher(allowPrivate: false);
        var port = new Uri(_base).Port;
        var refused = await Assert.ThrowsAsync<LinkException>(() => Tracks(fetcher).AddAsync($"http://{host}:{port}/list.txt", Ct));
        Assert.Equal(ErrorCode.LinkRefused, refused.Code);
        Assert.Equal(0, _asked);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task RefusedAsync(ErrorCode expected, LinkTracks tracks, string path) =>
        Assert.Equal(expected, (await Assert.ThrowsAsync<LinkException>(() => tracks.AddAsync(_base + path, Ct))).Code);

    private static LinkFetcher Fetcher(bool allowPrivate = true) =>
        new(Options.Create(new SourceOptions { AllowPrivateAddresses = allowPrivate, MaxFileMegabytes = 1 }), TimeProvider.System);

    private LinkTracks Tracks(LinkFetcher fetcher) => new(
        new DataFolder(_folder.Path), fetcher, new FfprobeReader(Options.Create(new LibraryOptions()), TimeProvider.System), Options.Create(new SourceOptions()), TimeProvider.System);

    private async Task ServeAsync()
    {
        while (_web.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _web.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            try
            {
                await AnswerAsync(context);
            }
            catch (Exception error) when (error is HttpListenerException or IOException or ObjectDisposedException or OperationCanceledException)
            {
                // The client has had enough.
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        Interlocked.Increment(ref _asked);
        var path = context.Request.Url!.AbsolutePath[1..];
        using var response = context.Response;
        switch (path)
        {
            case "loop":
                response.Redirect(_base + "loop");
                break;
            case "to-a-file":
                response.Redirect("file:///etc/passwd");
                break;
            case var far when far.StartsWith("to/", StringComparison.Ordinal):
                response.Redirect("/" + far[3..]);
                break;
            case "large":
                response.ContentLength64 = 2 << 20;
                await response.OutputStream.WriteAsync(new byte[2 << 20], Ct);
                break;
            case "endless":
                response.SendChunked = true;
                for (var i = 0; i < 64; i++)
                {
                    await response.OutputStream.WriteAsync(new byte[1 << 16], Ct);
                }
                break;
            case var file when File.Exists(_folder.Within(file)):
                await response.OutputStream.WriteAsync(await File.ReadAllBytesAsync(_folder.Within(file), Ct), Ct);
                break;
            default:
                response.StatusCode = 404;
                break;
        }
    }
}
