using Tutti.Protocol;

namespace Tutti.Client;

/// <summary>How a room is to be held; what is null stays as it is. Printing it does not show the password.</summary>
public sealed record RoomChange
{
    /// <summary>Shown to people, 1 to 64 characters.</summary>
    public string? Name { get; init; }

    /// <summary>Listed, and open to whoever knows its code; false: the way in is an invitation or the password.</summary>
    public bool? Public { get; init; }

    /// <summary>Nobody new comes in.</summary>
    public bool? Locked { get; init; }

    /// <summary>For whoever comes without an invitation; empty takes it away.</summary>
    public string? Password { get; init; }

    /// <summary>For each right the least role that has it.</summary>
    public RightsChange? Rights { get; init; }

    /// <summary>Keeps the password out of logs.</summary>
    public override string ToString() => $"change of room {Name}".TrimEnd();
}

/// <summary>For each right the least role that has it; what is null stays as it is.</summary>
public sealed record RightsChange
{
    /// <summary>Play, pause, resume, stop.</summary>
    public MemberRole? Play { get; init; }

    /// <summary>To another place in the track.</summary>
    public MemberRole? Seek { get; init; }

    /// <summary>To another item.</summary>
    public MemberRole? Skip { get; init; }

    /// <summary>The room's volume.</summary>
    public MemberRole? Volume { get; init; }

    /// <summary>To the end of the queue.</summary>
    public MemberRole? Add { get; init; }

    /// <summary>Moving items, and adding anywhere but at the end.</summary>
    public MemberRole? Reorder { get; init; }

    /// <summary>Removing items of others.</summary>
    public MemberRole? Remove { get; init; }

    /// <summary>Invitations.</summary>
    public MemberRole? Invite { get; init; }

    /// <summary>Kick and ban.</summary>
    public MemberRole? Kick { get; init; }
}
