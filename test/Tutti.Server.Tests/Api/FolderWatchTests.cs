using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Tutti.Server.Library;
using Tutti.Server.Tests.Hosting;

namespace Tutti.Server.Tests.Api;

/// <summary>A folder that is watched: what is put there, retagged or taken away shows without anybody asking, and keeps its id.</summary>
public sealed class FolderWatchTests : IAsyncLifetime
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);
    private readonly RunningServer _server = new("--Tutti:Library:WatchQuietMs=50");

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Changes_show_by_themselves()
    {
        var id = await _server.TrackIdAsync(0);
        var added = Path.Combine(_server.MusicFolder, "new", "Fourth.wav");
        Directory.CreateDirectory(Path.GetDirectoryName(added)!);
        File.Copy(_server.FirstFile, added);
        await UntilAsync(tracks => tracks.Any(track => track!["title"]!.ToString() == "Fourth"), "the new file to show");
        File.Move(_server.FirstFile, Path.Combine(_server.MusicFolder, "B", "renamed.wav"));
        await UntilAsync(tracks => tracks.Any(track => track!["id"]!.ToString() == id && track["title"]!.ToString() == "renamed"), "the moved file to show as itself");
        File.Delete(added);
        await UntilAsync(tracks => tracks.All(track => track!["title"]!.ToString() != "Fourth"), "the file that is gone to be gone");
    }

    private async Task UntilAsync(Func<JsonArray, bool> holds, string what)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(s_limit);
        var library = _server.Services.GetRequiredService<MusicLibrary>();
        try
        {
            while (true)
            {
                // Before the look: a scan that ends during it is not missed.
                var seen = library.Version;
                if (holds((await _server.Http.GetFromJsonAsync<JsonObject>("/api/tracks", limit.Token))!["tracks"]!.AsArray()))
                {
                    return;
                }

                await library.NextVersionAsync(seen, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            Assert.Fail($"waited {s_limit.TotalSeconds} s for {what}");
        }
    }
}
