namespace Tutti.Server.Access;

/// <summary>Who asks: found out once at the door, before anything else sees a request or a socket. Closed.</summary>
public abstract record Caller
{
    private Caller()
    {
    }

    /// <summary>For logs: who it is, by id rather than by name.</summary>
    public abstract string Label { get; }

    /// <summary>Somebody signed in.</summary>
    /// <param name="MayUpload">Whether the administrator gave them the right; administrators need none.</param>
    public sealed record Account(AccountId Id, string Name, bool IsAdministrator, bool MayUpload = false) : Caller
    {
        public override string Label => $"account {Id}";
    }

    /// <summary>Somebody let into one room by invitation, and into no other.</summary>
    /// <param name="GuestId">Lasting within that room.</param>
    public sealed record Guest(string GuestId, string RoomCode, string Name) : Caller
    {
        public override string Label => $"guest {GuestId}";
    }

    /// <summary>Somebody who reached the server and showed nothing.</summary>
    public sealed record Anonymous : Caller
    {
        private Anonymous()
        {
        }

        public static Anonymous Instance { get; } = new();

        public override string Label => "somebody";
    }
}

/// <summary>An account's lasting id: 26 lower-case letters and digits, never given twice.</summary>
public readonly record struct AccountId(string Value)
{
    public override string ToString() => Value;
}
