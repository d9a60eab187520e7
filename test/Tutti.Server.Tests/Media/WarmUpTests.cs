using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tutti.Server.Media;

namespace Tutti.Server.Tests.Media;

/// <summary>What is done before the first play, so that the first play is like any other.</summary>
public sealed class WarmUpTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Decodes_whole_segments_and_leaves_nothing_behind()
    {
        var data = new DataFolder(_folder.Within("data"));
        using var warmUp = new WarmUp(new NoLifetime(), Options.Create(new MediaOptions()), data, NullLogger<WarmUp>.Instance);
        Assert.Equal(3, await warmUp.RunAsync(TestContext.Current.CancellationToken));
        Assert.Empty(Directory.EnumerateFileSystemEntries(data.Path));
    }

    private sealed class NoLifetime : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication()
        {
        }
    }
}
