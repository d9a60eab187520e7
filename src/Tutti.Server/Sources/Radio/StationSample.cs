using Tutti.Protocol;

namespace Tutti.Server.Sources.Radio;

/// <summary>Keeps the first seconds of a station, enough to see what kind of sound it is.</summary>
internal static class StationSample
{
    private const int EnoughBytes = 1 << 16;
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(4);

    /// <exception cref="LinkException">5202: the station breaks off.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static async Task KeepAsync(HttpResponseMessage response, StationHeaders station, string path, TimeProvider clock, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(s_longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        await using var from = await response.Content.ReadAsStreamAsync(ct);
        await using var to = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
        var sound = new IcyParser(station.Interval, static _ => { });
        var buffer = new byte[1 << 14];
        try
        {
            for (int read; to.Length < EnoughBytes && (read = await from.ReadAsync(buffer, either.Token)) > 0;)
            {
                await to.WriteAsync(sound.Take(buffer.AsMemory(0, read)), ct);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // What has come is to do.
        }
        catch (HttpIOException error)
        {
            throw new LinkException(ErrorCode.LinkUnreachable, error.Message);
        }
    }
}
