using Tutti.Protocol;
using Tutti.Server.Media.Live;

namespace Tutti.Server.Sources.Radio;

/// <summary>One connection to a station: what comes is parted from the station's words and decoded.</summary>
internal sealed class StationListener : IAsyncDisposable
{
    private const int BufferBytes = 1 << 13;
    private static readonly TimeSpan s_longestOpening = TimeSpan.FromSeconds(15);

    private readonly HttpResponseMessage _response;
    private readonly FedDecoder _decoder;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _feeding;

    private StationListener(HttpResponseMessage response, Stream stream, int channels, Action<string> onTitle)
    {
        _response = response;
        var headers = StationHeaders.Plainly(response);
        _decoder = FedDecoder.Start(headers.Format, channels);
        _feeding = FeedAsync(stream, new IcyParser(headers.Interval, onTitle));
    }

    /// <summary>Connects.</summary>
    /// <param name="onTitle">Told as the station says it, from any thread.</param>
    /// <exception cref="LinkException">5201 or 5202.</exception>
    /// <exception cref="Ffmpeg.ToolMissingException">ffmpeg is not installed.</exception>
    public static async Task<StationListener> OpenAsync(LinkFetcher fetcher, LinkTrack station, Action<string> onTitle, TimeProvider clock, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(s_longestOpening, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        HttpResponseMessage? response = null;
        try
        {
            response = await fetcher.OpenAsync(new Uri(station.Url), either.Token);
            return new StationListener(response, await response.Content.ReadAsStreamAsync(either.Token), station.Channels, onTitle);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            response?.Dispose();
            throw new LinkException(ErrorCode.LinkUnreachable, $"no answer within {s_longestOpening.TotalSeconds:0} s");
        }
        catch
        {
            response?.Dispose();
            throw;
        }
    }

    /// <summary>Reads sound as it comes; answers the values read, two a sample.</summary>
    /// <exception cref="LinkException">There is no more, and why.</exception>
    public async Task<int> ReadAsync(Memory<float> sound)
    {
        try
        {
            if (await _decoder.ReadAsync(sound) is > 0 and var values)
            {
                return values;
            }
        }
        catch (InvalidDataException error)
        {
            throw new LinkException(ErrorCode.LinkSilent, error.Message);
        }
        await _feeding;
        var reason = await _decoder.ReasonAsync();
        throw new LinkException(ErrorCode.LinkUnreachable, reason.Length > 0 ? reason : "the station has ended");
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _response.Dispose();
        await _decoder.DisposeAsync();
        await _feeding;
        _ending.Dispose();
    }

    private async Task FeedAsync(Stream stream, IcyParser words)
    {
        await Task.Yield();
        var buffer = new byte[BufferBytes];
        try
        {
            for (int read; (read = await stream.ReadAsync(buffer, _ending.Token)) > 0;)
            {
                await _decoder.Input.WriteAsync(words.Take(buffer.AsMemory(0, read)), _ending.Token);
                await _decoder.Input.FlushAsync(_ending.Token);
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The station has broken off, or the decoder has: its reader is told the end.
        }
        finally
        {
            try
            {
                _decoder.Input.Close();
            }
            catch (IOException)
            {
                // The decoder is gone.
            }
        }
    }
}
