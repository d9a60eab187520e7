using Tutti.Protocol.Rest;
using Tutti.Server.Access;
using Tutti.Server.Access.Credentials;
using Tutti.Server.Access.Door;
using Tutti.Server.Access.Tokens;

namespace Tutti.Server.Api;

/// <summary>Guests as they come and are known again.</summary>
internal sealed class GuestBook(GuestPasses passes, CredentialDesk desk, DoorCookies cookies)
{
    /// <summary>The guest that this caller is in the room already, or becomes under a name; null without a name.</summary>
    public static Caller.Guest? Guest(Caller caller, string roomCode, string? name) =>
        caller is Caller.Guest known && known.RoomCode == roomCode ? known with { Name = name ?? known.Name }
        : name is null ? null
        : new Caller.Guest(GuestPasses.NewGuestId(), roomCode, name);

    /// <summary>Gives a guest their pass, in the answer for apps and as a cookie for pages.</summary>
    public GuestPass Issue(Caller.Guest guest, HttpContext http)
    {
        var (pass, _) = passes.Issue(guest);
        cookies.AddGuest(http, pass, guest.RoomCode);
        return new GuestPass(guest.Name, pass);
    }

    /// <summary>The guest of this room that somebody with an account can show to have been, by a pass or this browser's cookie; null for none.</summary>
    public async ValueTask<Caller.Guest?> WasGuestAsync(string? pass, string roomCode, HttpContext http)
    {
        foreach (var shown in pass is null ? DoorCookies.Guests(http) : [pass])
        {
            if (await desk.ReadBearerAsync(shown, http.RequestAborted) is CredentialReading.Good { Credential.Caller: Caller.Guest guest } && guest.RoomCode == roomCode)
            {
                return guest;
            }
        }

        return null;
    }
}
