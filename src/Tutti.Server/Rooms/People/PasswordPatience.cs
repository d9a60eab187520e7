using Tutti.Timing;

namespace Tutti.Server.Rooms;

/// <summary>How many wrong passwords a room hears out: ten at once, then one every six seconds. Members and invitations do not need it.</summary>
public sealed class PasswordPatience
{
    private const int AtOnce = 10;
    private const long MicrosPerTry = 6 * ServerMicros.PerSecond;

    private readonly Lock _gate = new();
    private ServerMicros _spentUntil;

    /// <summary>True when one more try may be made now. A try that turns out right is given back by <see cref="Forgive"/>.</summary>
    public bool TryTake(ServerMicros now)
    {
        lock (_gate)
        {
            var until = ServerMicros.Max(_spentUntil, now) + MicrosPerTry;
            if (until - now > AtOnce * MicrosPerTry)
            {
                return false;
            }

            _spentUntil = until;
            return true;
        }
    }

    public void Forgive()
    {
        lock (_gate)
        {
            _spentUntil = new ServerMicros(_spentUntil.Value - MicrosPerTry);
        }
    }
}
