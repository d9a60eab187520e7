namespace Tutti.Server.Rooms;

/// <summary>Who asks something of a room, after the door has checked who they are. Closed.</summary>
public abstract record Actor
{
    private Actor()
    {
    }

    /// <summary>What is remembered of this one's devices is kept under this name; null: nothing is.</summary>
    public abstract string? DeviceOwner { get; }

    /// <summary>Nobody in particular: someone whom the server lets in without a name.</summary>
    public sealed record Anyone : Actor
    {
        public static Anyone Instance { get; } = new();

        public override string? DeviceOwner => DeviceRecord.Household;
    }

    /// <summary>A person who is known again: by an account, or as a guest of one room.</summary>
    /// <param name="Id">The same for as long as the account or the guest's pass lives; see <see cref="MemberIds"/>.</param>
    /// <param name="Name">Shown to people.</param>
    public sealed record Person(string Id, string Name, bool IsGuest) : Actor
    {
        public override string? DeviceOwner => IsGuest ? null : Id;
    }
}

/// <summary>Ids of people in rooms. What an id stands for is decided by its prefix, so no guest can ever be an account.</summary>
public static class MemberIds
{
    public static string OfAccount(string accountId) => $"a-{accountId}";

    public static string OfGuest(string guestId) => $"g-{guestId}";
}
