namespace Tutti.Server.Access.Tokens;

/// <summary>
/// A guest's identity: a signed pass that survives reload and is good for one room. Who gets one, and who is no longer welcome, the room decides;
/// a pass says only who somebody is.
/// </summary>
public sealed class GuestPasses(TokenSigner signer, TimeProvider time)
{
    /// <summary>How long a guest is known again.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(30);

    /// <summary>A pass for a guest, to be shown as bearer token or as <c>token</c> of <c>hello</c>.</summary>
    public (string Pass, UtcMicros ExpiresAt) Issue(Caller.Guest guest)
    {
        var now = UtcMicros.Now(time);
        var expiresAt = now + Life;
        return (signer.ForGuest(guest, now, expiresAt), expiresAt);
    }

    /// <summary>An id for a new guest.</summary>
    public static string NewGuestId() => Randoms.Id();
}
