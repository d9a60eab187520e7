using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tutti.Protocol;
using Tutti.Server.Media;
using Tutti.Server.Rooms;
using Tutti.Server.Storage;
using Tutti.Server.Storage.Sqlite;

namespace Tutti.Server.Tests.Media;

/// <summary>Media with a database and cache of its own; several may follow each other in one folder, as lives of the server do.</summary>
internal sealed class MediaBench : IAsyncDisposable
{
    private readonly SqliteDatabase _database;

    public MediaBench(string dataFolder, MediaOptions? options = null)
    {
        var data = new DataFolder(dataFolder);
        var wrapped = Options.Create(options ?? new MediaOptions());
        _database = new SqliteDatabase(data, NullLogger<Database>.Instance);
        Store = new SoundStore(_database);
        Cache = new SegmentCache(data, wrapped, TimeProvider.System, NullLogger<SegmentCache>.Instance);
        Media = new MediaService(Store, Cache, wrapped, TimeProvider.System, NullLogger<MediaService>.Instance);
        Media.LengthKnown += media => Lengths.Add(media);
    }

    public SoundStore Store { get; }

    public SegmentCache Cache { get; }

    public MediaService Media { get; }

    public System.Collections.Concurrent.ConcurrentBag<MediaInfo> Lengths { get; } = [];

    public async Task<MediaInfo> PrepareAsync(string path, int channels = 2)
    {
        var outcome = await Media.PrepareAsync(path, channels, TestContext.Current.CancellationToken);
        return Assert.IsType<MediaOutcome.Ready>(outcome).Media;
    }

    public async Task<FaultInfo> FailAsync(string path)
    {
        var outcome = await Media.PrepareAsync(path, 2, TestContext.Current.CancellationToken);
        return Assert.IsType<MediaOutcome.Failed>(outcome).Fault;
    }

    /// <summary>The bytes of a segment; null past the end.</summary>
    public async Task<byte[]?> ReadAsync(string key, int segment)
    {
        switch (await Media.OpenSegmentAsync(key, segment, TestContext.Current.CancellationToken))
        {
            case SegmentOutcome.Found found:
                await using (found.Stream)
                {
                    var bytes = new byte[found.Stream.Length];
                    await found.Stream.ReadExactlyAsync(bytes, TestContext.Current.CancellationToken);
                    return bytes;
                }
            case SegmentOutcome.Refused { Fault.Code: (int)ErrorCode.SegmentNotFound }:
                return null;
            case SegmentOutcome.Refused refused:
                throw new InvalidOperationException(refused.Fault.ToString());
            default:
                throw new InvalidOperationException("an outcome that is none");
        }
    }

    public async Task<List<byte[]>> ReadAllAsync(string key)
    {
        var segments = new List<byte[]>();
        while (await ReadAsync(key, segments.Count) is { } segment)
        {
            segments.Add(segment);
        }
        return segments;
    }

    public async ValueTask DisposeAsync()
    {
        await Media.DisposeAsync();
        _database.Dispose();
    }
}
