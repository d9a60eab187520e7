using Microsoft.Extensions.Options;
using Tutti.Protocol;
using Tutti.Server.Access.Credentials;

namespace Tutti.Server.Access.Door;

/// <summary>Decides about a device before it joins a room, and watches what it came in with.</summary>
public interface ISocketDoor
{
    /// <param name="shown">What came with the upgrade, when it was good.</param>
    /// <param name="token">What <c>hello</c> shows; it wins.</param>
    /// <param name="roomCode">Where the device wants to go.</param>
    ValueTask<Admission> AdmitAsync(Credential? shown, string? token, string roomCode, CancellationToken ct);

    /// <inheritdoc cref="CredentialWatch.Watch"/>
    IDisposable Watch(Credential credential, Action<ErrorCode> onEnded);
}

/// <summary>What the door says to a device. Closed.</summary>
public abstract record Admission
{
    private Admission()
    {
    }

    /// <param name="Credential">Null when nothing was shown that counts in this room, and nothing is needed.</param>
    public sealed record Granted(Caller Caller, Credential? Credential) : Admission;

    public sealed record Refused(ErrorCode Code, string Message) : Admission;
}

/// <inheritdoc/>
internal sealed class SocketDoor(CredentialDesk desk, CredentialWatch watch, IOptions<AccessOptions> options) : ISocketDoor
{
    public async ValueTask<Admission> AdmitAsync(Credential? shown, string? token, string roomCode, CancellationToken ct)
    {
        var credential = shown;
        if (token is not null)
        {
            switch (await desk.ReadBearerAsync(token, ct))
            {
                case CredentialReading.Good good:
                    credential = good.Credential;
                    break;
                case CredentialReading.Bad bad:
                    return new Admission.Refused(bad.Code, bad.Message);
            }
        }

        var caller = credential?.Caller ?? Caller.Anonymous.Instance;
        var mode = options.Value.Mode;
        if ((DoorPolicy.Refusal(mode, caller, Need.Visitor) ?? DoorPolicy.RoomRefusal(mode, caller, roomCode)) is { } refusal)
        {
            return new Admission.Refused(refusal.Code, refusal.Message);
        }

        // What does not count in this room is not watched either: a pass that ends elsewhere ends nothing here.
        var within = DoorPolicy.Within(roomCode, caller);
        return new Admission.Granted(within, within == caller ? credential : null);
    }

    public IDisposable Watch(Credential credential, Action<ErrorCode> onEnded) => watch.Watch(credential, onEnded);
}
