using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tutti.Protocol;
using Tutti.Server.Media;
using Tutti.Server.Media.Levels;
using Tutti.Server.Rooms;

namespace Tutti.Server.Tests.Media;

/// <summary>Rooms that have a sound before its loudness is known come to know it.</summary>
public sealed class AwaitedLevelsTests : IDisposable
{
    private static readonly MediaInfo s_media = new("key", 48_000, 96_000, null);

    private readonly Levels _store = new();
    private readonly SoundNews _news = new();
    private readonly EverythingLogged _log = new();
    private readonly LoggerFactory _loggers;
    private readonly LevelDesk _desk;
    private readonly AwaitedLevels _awaited;
    private readonly List<(string TrackId, SoundGain? Gain)> _heard = [];

    public AwaitedLevelsTests()
    {
        _loggers = new LoggerFactory([_log]);
        // Files of no library: no catalog is asked for their album.
        _desk = new LevelDesk(_store, null!, Options.Create(new MediaOptions()));
        _awaited = new AwaitedLevels(_desk, _news, _loggers.CreateLogger<AwaitedLevels>());
        _news.Known += (trackId, _, gain) => _heard.Add((trackId, gain));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _loggers.Dispose();

    [Fact]
    public async Task A_sound_has_the_usual_gain_until_it_is_measured_and_that_is_told_once()
    {
        var sound = Sound("/links/a");
        Assert.Equal(_desk.Provisional(), await _awaited.GainAsync("track-a", sound, s_media, Ct));
        Assert.Equal(sound, _awaited.NextWanted());
        Assert.Null(_awaited.NextWanted());

        _store.Measured[sound.File.Path] = new SoundLevel(-23, -9);
        await _awaited.TellAsync(sound.File.Path, Ct);
        await _awaited.TellAsync(sound.File.Path, Ct);
        Assert.Equal([("track-a", new SoundGain(5, 5))], _heard);
        Assert.Equal(new SoundGain(5, 5), await _awaited.GainAsync("track-a", sound, s_media, Ct));
        Assert.Null(_awaited.NextWanted());
    }

    [Fact]
    public async Task Nothing_is_told_of_what_could_not_be_measured_or_nobody_awaits()
    {
        var sound = Sound("/links/a");
        await _awaited.GainAsync("track-a", sound, s_media, Ct);
        await _awaited.TellAsync(sound.File.Path, Ct);
        _store.Measured["/music/b"] = new SoundLevel(-23, -9);
        await _awaited.TellAsync("/music/b", Ct);
        Assert.Empty(_heard);
    }

    [Fact]
    public async Task Whatever_goes_wrong_in_telling_is_logged_and_ends_nothing()
    {
        var (first, second, third) = (Sound("/links/first"), Sound("/links/second"), Sound("/links/third"));
        await _awaited.GainAsync("first", first, s_media, Ct);
        await _awaited.GainAsync("second", second, s_media, Ct);
        await _awaited.GainAsync("third", third, s_media, Ct);

        _store.Fault = new InvalidOperationException("the store is beside itself");
        await _awaited.TellAsync(first.File.Path, Ct);
        _store.Fault = null;
        _store.Measured[second.File.Path] = _store.Measured[third.File.Path] = new SoundLevel(-23, -9);
        _news.Known += static (trackId, _, _) =>
        {
            if (trackId == "second")
            {
                throw new InvalidOperationException("this room is beside itself");
            }
        };
        await _awaited.TellAsync(second.File.Path, Ct);
        await _awaited.TellAsync(third.File.Path, Ct);

        Assert.Equal(["second", "third"], _heard.Select(static news => news.TrackId));
        Assert.Collection(
            _log.Lines,
            line => Assert.Contains("/links/first could not be told System.InvalidOperationException: the store", line, StringComparison.Ordinal),
            line => Assert.Contains("/links/second could not be told System.InvalidOperationException: this room", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_ends_with_the_server()
    {
        var sound = Sound("/links/a");
        await _awaited.GainAsync("track-a", sound, s_media, Ct);
        using var end = new CancellationTokenSource();
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _awaited.TellAsync(sound.File.Path, end.Token));
        Assert.Empty(_log.Lines);
    }

    private static UnmeasuredSound Sound(string path) => new(new LevelledFile(path, 1, 1), 2);

    private sealed class Levels : ILevelStore
    {
        public Dictionary<string, SoundLevel> Measured { get; } = [];

        public Exception? Fault { get; set; }

        public Task<IReadOnlyDictionary<string, SoundLevel>> FindAsync(IReadOnlyCollection<LevelledFile> files, CancellationToken ct)
        {
            ct.ThrowIfCancellationRequested();
            return Fault is { } fault
                ? Task.FromException<IReadOnlyDictionary<string, SoundLevel>>(fault)
                : Task.FromResult<IReadOnlyDictionary<string, SoundLevel>>(new Dictionary<string, SoundLevel>(Measured));
        }

        public Task SaveAsync(LevelledFile file, SoundLevel level, CancellationToken ct)
        {
            Measured[file.Path] = level;
            return Task.CompletedTask;
        }
    }
}
