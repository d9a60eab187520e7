using System.CommandLine;
using Tutti.Cli.Output;
using Tutti.Protocol;
using Tutti.Protocol.Rest;

namespace Tutti.Cli.Commands;

/// <summary>Who is in a room, and as what: <c>people</c>, <c>role</c>, <c>kick</c>, <c>ban</c>, <c>bans</c>, <c>join</c>, <c>leave</c>.</summary>
internal static class PeopleCommands
{
    public static IEnumerable<Command> All(Runner runner)
    {
        var people = new Command("people", "The people of the room, their roles, and who is here");
        runner.Runs(people, async (call, ct) => Show(call, await call.People.ListAsync(ct)));
        yield return people;
        yield return Role(runner);
        yield return Out(runner, "kick", "Puts somebody out; they may come in again", ban: false);
        yield return Out(runner, "ban", "Puts somebody out for good", ban: true);
        yield return Bans(runner);
        yield return Join(runner);
        yield return Leave(runner);
    }

    private static Command Role(Runner runner)
    {
        var named = Person();
        var role = new Argument<MemberRole>("role") { Description = "listener, dj, or host: the room is theirs then" };
        var command = new Command("role", "Makes somebody listener, DJ or host") { named, role };
        runner.Runs(command, async (call, ct) =>
        {
            var person = Resolve(await call.People.ListAsync(ct), call.Get(named));
            Show(call, await call.People.SetRoleAsync(person.Id, call.Get(role), ct));
        });
        return command;
    }

    private static Command Out(Runner runner, string name, string what, bool ban)
    {
        var named = Person();
        var command = new Command(name, what) { named };
        runner.Runs(command, async (call, ct) =>
        {
            var person = Resolve(await call.People.ListAsync(ct), call.Get(named));
            Show(call, await call.People.RemoveAsync(person.Id, ban, ct));
        });
        return command;
    }

    private static Command Bans(Runner runner)
    {
        var named = Person();
        var pardon = new Command("pardon", "Takes a ban back") { named };
        runner.Runs(pardon, async (call, ct) =>
        {
            var banned = (await call.People.BansAsync(ct)).Banned;
            var one = NamedChoice.Resolve(banned, ban => ban.Id, ban => ban.Name, call.Get(named), $"Nobody called {call.Get(named)} is banned; `tutti bans` lists who is.");
            Show(call, await call.People.PardonAsync(one.Id, ct));
        });
        var bans = new Command("bans", "Who may not come in any more; without a subcommand: lists them") { pardon };
        runner.Runs(bans, async (call, ct) => call.Printer.Show(
            await call.People.BansAsync(ct),
            CliJson.Answers.BanList,
            list => call.Printer.Table(
                ["id", "name", "since"], list.Banned.Select(ban => new[] { ban.Id, ban.Name, TimeText.Minute(ban.AtMicros.Value) }), "nobody is banned")));
        return bans;
    }

    private static Command Join(Runner runner)
    {
        var name = new Option<string?>("--name") { Description = "A guest's name; not needed when signed in", HelpName = "NAME" };
        var invite = new Option<string?>("--invite") { Description = "The token of an invitation: what follows #invite= in its link", HelpName = "TOKEN" };
        var password = new Option<bool>("--password-stdin") { Description = "Reads the room's password from standard input" };
        var command = new Command("join", "Comes into the room that --room names; a guest is shown their pass, for --token or TUTTI_TOKEN") { name, invite, password };
        runner.Runs(command, async (call, ct) =>
        {
            var secret = call.Get(password) ? await Secret.AskAsync(call, "", fromInput: true, ct) : null;
            call.Printer.Show(
                await call.People.JoinAsync(call.Get(name), call.Get(invite), secret, ct: ct),
                CliJson.Answers.Joined,
                joined => call.Printer.Line(joined switch
                {
                    { Guest: { } guest } => guest.Pass,
                    { Role: { } role } => $"{joined.Name}, as {PeopleText.Role(role)}",
                    _ => $"{joined.Name}, which is open to all",
                }));
        });
        return command;
    }

    private static Command Leave(Runner runner)
    {
        var command = new Command("leave", "Leaves the room: you are no member of it any more");
        runner.Runs(command, async (call, ct) =>
        {
            var me = (await call.People.ListAsync(ct)).Me ?? throw new NothingFoundException("You are no member of this room.");
            await call.People.RemoveAsync(me, ct: ct);
            call.Printer.Done("left");
        });
        return command;
    }

    private static void Show(Call call, ParticipantList people) => call.Printer.Show(
        people, CliJson.Answers.ParticipantList, list => call.Printer.Table(PeopleText.Headings, list.Participants.Select(PeopleText.Row), "nobody belongs to this room"));

    private static Participant Resolve(ParticipantList people, string named) => NamedChoice.Resolve(
        people.Participants, person => person.Id, person => person.Name, named, $"There is nobody called {named} here; `tutti people` lists who is.");

    private static Argument<string> Person() => new("person") { Description = "Somebody: their name, their id, or how one of them begins" };
}
