using System.CommandLine;
using Tutti.Cli.Output;
using Tutti.Protocol;

namespace Tutti.Cli.Commands;

/// <summary>Invitations into a room: <c>invite</c>, and <c>invites</c> with <c>revoke</c>.</summary>
internal static class InviteCommands
{
    private const double MostHours = 8_760;

    public static IEnumerable<Command> All(Runner runner)
    {
        yield return Invite(runner);
        yield return List(runner);
    }

    private static Command Invite(Runner runner)
    {
        var role = new Option<MemberRole>("--role") { Description = "What those become who come in by it: listener (when left out) or dj", HelpName = "ROLE" };
        var hours = new Option<double?>("--hours") { Description = "How long it is good, to 8760; 0: for ever; left out: a week", HelpName = "N" };
        var uses = new Option<int?>("--uses") { Description = "How many people may come in by it, 1 to 1000; left out: any number", HelpName = "N" };
        var command = new Command("invite", "Makes an invitation and shows its link this once") { role, hours, uses };
        runner.Runs(command, async (call, ct) =>
        {
            TimeSpan? life = call.Get(hours) switch
            {
                null => null,
                >= 0 and <= MostHours and var given => TimeSpan.FromHours(given),
                _ => throw new UsageException($"--hours takes 0 to {MostHours}."),
            };
            call.Printer.Show(
                await call.People.InviteAsync(call.Get(role), life, call.Get(uses), ct), CliJson.Answers.InviteMade, made => call.Printer.Line(made.Url));
        });
        return command;
    }

    private static Command List(Runner runner)
    {
        var id = new Argument<string>("id") { Description = "Which, as `tutti invites` shows it" };
        var revoke = new Command("revoke", "Makes one worthless") { id };
        runner.Runs(revoke, async (call, ct) =>
        {
            await call.People.RevokeInviteAsync(call.Get(id), ct);
            call.Printer.Done("revoked");
        });
        var invites = new Command("invites", "The invitations that are good; without a subcommand: lists them") { revoke };
        runner.Runs(invites, async (call, ct) => call.Printer.Show(
            await call.People.InvitesAsync(ct),
            CliJson.Answers.InviteList,
            list => call.Printer.Table(PeopleText.InviteHeadings, list.Invites.Select(PeopleText.Row), "no invitations")));
        return invites;
    }
}
