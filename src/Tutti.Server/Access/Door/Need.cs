using Tutti.Protocol;

namespace Tutti.Server.Access.Door;

/// <summary>What a call asks of its caller.</summary>
public enum Need
{
    /// <summary>Nothing, and does nothing in the caller's name.</summary>
    Nobody,

    /// <summary>Nothing, but acts for whoever asks.</summary>
    Anybody,

    /// <summary>May listen and control: with open access everybody, else who is signed in or a guest.</summary>
    Visitor,

    /// <summary>May make rooms: with open access everybody, else who is signed in.</summary>
    Resident,

    /// <summary>Signed in, always.</summary>
    Account,

    /// <summary>Signed in, with the right to upload.</summary>
    Uploader,

    /// <summary>The administrator, always.</summary>
    Administrator,
}

/// <summary>Who may what, as far as it does not depend on a room.</summary>
public static class DoorPolicy
{
    /// <summary>Null when the caller may, else why not.</summary>
    public static (ErrorCode Code, string Message)? Refusal(AccessMode mode, Caller caller, Need need)
    {
        var isOpen = mode is AccessMode.Open;
        return (need, caller) switch
        {
            (Need.Nobody or Need.Anybody, _) => null,
            (Need.Administrator, Caller.Account { IsAdministrator: true }) => null,
            (Need.Administrator, Caller.Account) => (ErrorCode.AdministratorNeeded, "This is for the administrator."),
            (Need.Uploader, Caller.Account { IsAdministrator: false, MayUpload: false }) => (ErrorCode.UploadRightNeeded, "The administrator has not given you the right to upload."),
            (_, Caller.Account) => null,
            (Need.Visitor, Caller.Guest) => null,
            (Need.Visitor or Need.Resident, _) when isOpen => null,
            (Need.Administrator, _) => (ErrorCode.SignInNeeded, "This is for the administrator: sign in first."),
            _ => (ErrorCode.SignInNeeded, "Sign in first."),
        };
    }

    /// <summary>Null when the caller may go to this room as far as the door knows: where accounts are asked for, guests have one. The room has rules of its own.</summary>
    public static (ErrorCode Code, string Message)? RoomRefusal(AccessMode mode, Caller caller, string roomCode) =>
        mode is AccessMode.Accounts && caller is Caller.Guest guest && Within(roomCode, caller) != caller
            ? (ErrorCode.GuestElsewhere, $"This guest's pass is good for room {guest.RoomCode} only.")
            : null;

    /// <summary>Who this is where no room is in question: with open access, a guest is whoever comes without a name.</summary>
    public static Caller Outside(AccessMode mode, Caller caller) => mode is AccessMode.Open && caller is Caller.Guest ? Caller.Anonymous.Instance : caller;

    /// <summary>Who this is in that room: a guest's pass says who somebody is in one, in every other they come without a name.</summary>
    public static Caller Within(string roomCode, Caller caller) =>
        caller is Caller.Guest guest && !guest.RoomCode.Equals(roomCode, StringComparison.OrdinalIgnoreCase) ? Caller.Anonymous.Instance : caller;
}
