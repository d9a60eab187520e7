using System.Threading.Channels;

namespace Tutti.Server.Library.Scanning;

/// <summary>What is asked to be scanned, put together until somebody takes it. For many askers and one taker.</summary>
public sealed class ScanRequests
{
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock _gate = new();
    private ScanScope _asked = ScanScope.Nothing;

    public void Add(ScanScope scope)
    {
        if (ReferenceEquals(scope, ScanScope.Nothing))
        {
            return;
        }
        lock (_gate)
        {
            _asked = _asked.With(scope);
            _news.Writer.TryWrite(true);
        }
    }

    /// <summary>Waits until something is asked for.</summary>
    public async Task WaitAsync(CancellationToken ct) => await _news.Reader.WaitToReadAsync(ct);

    /// <summary>Whether something came since the last time that this was asked.</summary>
    public bool Heard() => _news.Reader.TryRead(out _);

    /// <summary>All that was asked for; nothing is from then on.</summary>
    public ScanScope Take()
    {
        lock (_gate)
        {
            _news.Reader.TryRead(out _);
            var asked = _asked;
            _asked = ScanScope.Nothing;
            return asked;
        }
    }
}
