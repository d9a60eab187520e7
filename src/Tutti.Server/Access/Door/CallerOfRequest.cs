using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Tutti.Server.Access.Credentials;

namespace Tutti.Server.Access;

/// <summary>What the door found out about a request.</summary>
/// <param name="Credential">Null when nothing good was shown.</param>
/// <param name="Guests">All guests' passes that were shown, of one room each.</param>
internal sealed record CallerFeature(Credential? Credential, ImmutableArray<Credential> Guests);

/// <summary>How an endpoint learns who asks.</summary>
public static class CallerOfRequest
{
    /// <summary>Who makes this request. A browser that is the guest of several rooms is the one of the room that the path names.</summary>
    public static Caller Caller(this HttpContext http) => http.Credential()?.Caller ?? Access.Caller.Anonymous.Instance;

    /// <summary>What the caller showed; null when nothing good.</summary>
    public static Credential? Credential(this HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.Features.Get<CallerFeature>()?.Credential;
    }

    /// <summary>What the caller showed that counts most in that room; null when nothing good. For sockets, whose path names none.</summary>
    public static Credential? CredentialIn(this HttpContext http, string roomCode) => Among(http.Guests(), roomCode) ?? http.Credential();

    /// <summary>The guests that the caller is, of one room each; none for somebody with an account.</summary>
    public static ImmutableArray<Credential> Guests(this HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.Features.Get<CallerFeature>()?.Guests ?? [];
    }

    /// <summary>Whom this server lets in.</summary>
    public static AccessMode Mode(this HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.RequestServices.GetRequiredService<IOptions<AccessOptions>>().Value.Mode;
    }

    /// <summary>What was shown does not count for what is asked: from now on the request is that of somebody who showed nothing.</summary>
    public static void SetCredentialAside(this HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        http.Features.Set(new CallerFeature(null, []));
    }

    /// <summary>The pass of this room; null for none.</summary>
    internal static Credential? Among(ImmutableArray<Credential> guests, string? roomCode) =>
        guests.FirstOrDefault(guest => guest.Caller is Caller.Guest pass && pass.RoomCode.Equals(roomCode, StringComparison.OrdinalIgnoreCase));
}
