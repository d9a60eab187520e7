using Tutti.Protocol;
using Tutti.Timing;

namespace Tutti.Server.Realtime;

/// <summary>A token bucket over server time: so many messages a second on average, so many at once.</summary>
internal struct MessageRate(ServerMicros start)
{
    private const long MicrosPerMessage = ServerMicros.PerSecond / ProtocolLimits.MessagesPerSecond;
    private const long FullMicros = MicrosPerMessage * ProtocolLimits.MessageBurst;

    private long _creditMicros = FullMicros;
    private ServerMicros _countedTo = start;

    /// <summary>Takes one message; false when it is one too many.</summary>
    public bool TryTake(ServerMicros now)
    {
        _creditMicros = Math.Min(FullMicros, _creditMicros + (now - _countedTo));
        _countedTo = now;
        if (_creditMicros < MicrosPerMessage)
        {
            return false;
        }

        _creditMicros -= MicrosPerMessage;
        return true;
    }
}
