namespace Tutti.Protocol;

/// <summary>For each right the least role that has it.</summary>
public sealed record RightsTable(
    MemberRole Play,
    MemberRole Seek,
    MemberRole Skip,
    MemberRole Volume,
    MemberRole Add,
    MemberRole Reorder,
    MemberRole Remove,
    MemberRole Invite,
    MemberRole Kick)
{
    /// <summary>The table of a new room: everyone adds, DJs control.</summary>
    public static RightsTable Friends { get; } = new(
        Play: MemberRole.Dj, Seek: MemberRole.Dj, Skip: MemberRole.Dj, Volume: MemberRole.Dj, Add: MemberRole.Listener,
        Reorder: MemberRole.Dj, Remove: MemberRole.Dj, Invite: MemberRole.Listener, Kick: MemberRole.Dj);

    /// <summary>The least role that has this right.</summary>
    public MemberRole Of(RoomRight right) => right switch
    {
        RoomRight.Play => Play,
        RoomRight.Seek => Seek,
        RoomRight.Skip => Skip,
        RoomRight.Volume => Volume,
        RoomRight.Add => Add,
        RoomRight.Reorder => Reorder,
        RoomRight.Remove => Remove,
        RoomRight.Invite => Invite,
        _ => Kick,
    };
}
