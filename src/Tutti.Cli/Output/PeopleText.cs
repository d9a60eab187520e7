using Tutti.Protocol;
using Tutti.Protocol.Rest;
using Tutti.Timing;

namespace Tutti.Cli.Output;

/// <summary>People, invitations and how rooms are held, in words.</summary>
internal static class PeopleText
{
    public static readonly string[] Headings = ["id", "name", "role", "here", "since"];

    public static readonly string[] InviteHeadings = ["id", "role", "made by", "ends", ">used", ">left"];

    public static string Role(MemberRole role) => role switch
    {
        MemberRole.Host => "host",
        MemberRole.Dj => "dj",
        _ => "listener",
    };

    public static string[] Row(Participant person) =>
        [person.Id, person.Guest ? $"{person.Name} (guest)" : person.Name, Role(person.Role), person.Here ? "yes" : "", TimeText.Day(person.SinceMicros.Value)];

    public static string[] Row(InviteDetail invite) =>
    [
        invite.Id, Role(invite.Role), invite.MadeBy, invite.ExpiresMicros is { } ends ? TimeText.Minute(ends.Value) : "never", $"{invite.Uses}",
        invite.UsesLeft is { } left ? $"{left}" : "any",
    ];

    public static IEnumerable<string[]> Rows(RoomSettings settings)
    {
        yield return ["name", settings.Name];
        if (settings.Rules is not { } rules)
        {
            yield return ["held by", "nobody: it is open to all"];
            yield break;
        }

        yield return ["public", rules.Public ? "yes" : "no"];
        yield return ["locked", rules.Locked ? "yes" : "no"];
        yield return ["password", rules.Password ? "yes" : "no"];
        foreach (var right in Enum.GetValues<RoomRight>())
        {
            yield return [$"may {right.ToString().ToLowerInvariant()}", Role(rules.Rights.Of(right))];
        }
    }
}
