using System.CommandLine;
using Tutti.Cli.Output;
using Tutti.Protocol.Rest;

namespace Tutti.Cli.Commands;

/// <summary>One's own account: <c>dashboard</c>, and <c>account</c> with <c>create</c>, <c>password</c>, <c>sessions</c>, <c>delete</c>; for the administrator <c>links</c>, <c>list</c>, <c>reset</c>, <c>uploads</c>.</summary>
internal static class OwnAccountCommands
{
    public static IEnumerable<Command> All(Runner runner)
    {
        var dashboard = new Command("dashboard", "Your devices wherever they are, your rooms, where you are signed in");
        runner.Runs(dashboard, async (call, ct) => call.Printer.Show(
            await call.Client.Account.DashboardAsync(ct), CliJson.Answers.Dashboard, answer => Show(call.Printer, answer)));
        yield return dashboard;
        yield return new Command("account", "Your account: make it, change its password, end its sign-ins, delete it")
        {
            Create(runner), Password(runner), Sessions(runner), Delete(runner), Links(runner), List(runner), Reset(runner), Uploads(runner),
        };
    }

    private static void Show(Printer printer, Dashboard dashboard)
    {
        printer.Line($"{dashboard.Account.Name}{(dashboard.Account.Administrator ? ", administrator" : "")}, since {TimeText.Day(dashboard.Account.CreatedMicros)}");
        printer.Table(
            ["device", "id", "state", "room", ">volume"],
            dashboard.Devices.Select(device => new[] { device.Name, device.Id, device.State, device.Room?.Name ?? "", $"{device.Volume}" }),
            "no devices");
        printer.Table(
            ["room", "code", "role"], dashboard.Rooms.Select(room => new[] { room.Name, room.Code, room.Role is { } role ? PeopleText.Role(role) : "" }), "no rooms");
        printer.Table(["signed in by", "id", "used"], dashboard.Sessions.Select(session => new[]
        {
            session.Current ? $"{session.Name} (this one)" : session.Name, session.Id, TimeText.Minute(session.UsedMicros),
        }), "no sign-ins");
    }

    private static Command Create(Runner runner)
    {
        var name = new Argument<string>("name") { Description = "2 to 32 letters and digits" };
        var password = FromInput("the password");
        var link = new Option<string?>("--link") { Description = "The secret of a sign-up link, where the server asks for one", HelpName = "SECRET" };
        var command = new Command("create", "Makes an account, and signs in") { name, password, link };
        runner.Runs(command, async (call, ct) =>
        {
            using var nobody = call.ClientWith(null);
            var secret = await Secret.AskAsync(call, $"Password for {call.Get(name)} at {call.Server}: ", call.Get(password), ct);
            var made = await nobody.Account.SignUpAsync(call.Get(name), secret, call.Get(link), ct);
            call.Store.Save(call.Store.Load().With(call.Server, made.Token!));
            call.Printer.Show(made.Account, CliJson.Answers.AccountDetail, account => call.Printer.Line($"{account.Name} at {call.Server}"));
        });
        return command;
    }

    private static Command Password(Runner runner)
    {
        var input = FromInput("the old and the new password, a line each,");
        var command = new Command("password", "Changes the password and ends every other sign-in") { input };
        runner.Runs(command, async (call, ct) =>
        {
            var old = await Secret.AskAsync(call, "Password until now: ", call.Get(input), ct);
            var next = await Secret.AskAsync(call, "New password: ", call.Get(input), ct);
            await call.Client.Account.ChangePasswordAsync(old, next, ct);
            call.Printer.Done("the password is changed, and every other sign-in ended");
        });
        return command;
    }

    private static Command Sessions(Runner runner)
    {
        var id = new Argument<string>("id") { Description = "Which, as `tutti account sessions` shows it" };
        var end = new Command("end", "Ends one; what lives by it is disconnected") { id };
        runner.Runs(end, async (call, ct) =>
        {
            await call.Client.Account.EndSessionAsync(call.Get(id), ct);
            call.Printer.Done("ended");
        });
        var command = new Command("sessions", "Where you are signed in; without a subcommand: lists it") { end };
        runner.Runs(command, async (call, ct) => call.Printer.Show(
            await call.Client.Account.SessionsAsync(ct),
            CliJson.Answers.CredentialList,
            sessions => call.Printer.Table(CredentialText.Headings, sessions.Items.Select(CredentialText.Row), "no sign-ins")));
        return command;
    }

    private static Command Delete(Runner runner)
    {
        var input = FromInput("the password");
        var command = new Command("delete", "Deletes your account for good, with its devices, tokens and own room") { input };
        runner.Runs(command, async (call, ct) =>
        {
            await call.Client.Account.DeleteAsync(await Secret.AskAsync(call, "Your password, to delete your account for good: ", call.Get(input), ct), ct);
            call.Store.Save(call.Store.Load().Without(call.Server));
            call.Printer.Done("the account is deleted");
        });
        return command;
    }

    private static Command Links(Runner runner)
    {
        var create = new Command("create", "Makes one, and shows it this once");
        runner.Runs(create, async (call, ct) => call.Printer.Show(
            await call.Client.Account.CreateSignUpLinkAsync(ct), CliJson.Answers.SignUpLinkCreated, made => call.Printer.Line($"{new Uri(call.Server, made.Url)}")));
        var id = new Argument<string>("id") { Description = "Which, as `tutti account links` shows it" };
        var revoke = new Command("revoke", "Takes one back") { id };
        runner.Runs(revoke, async (call, ct) =>
        {
            await call.Client.Account.DeleteSignUpLinkAsync(call.Get(id), ct);
            call.Printer.Done("taken back");
        });
        var links = new Command("links", "Sign-up links, for the administrator; without a subcommand: lists those that nobody has used") { create, revoke };
        runner.Runs(links, async (call, ct) => call.Printer.Show(
            await call.Client.Account.SignUpLinksAsync(ct),
            CliJson.Answers.SignUpLinkList,
            list => call.Printer.Table(
                ["id", "made", "ends"], list.Links.Select(link => new[] { link.Id, TimeText.Minute(link.CreatedMicros), TimeText.Minute(link.ExpiresMicros) }), "no links")));
        return links;
    }

    private static Command List(Runner runner)
    {
        var list = new Command("list", "Who has an account here, for the administrator");
        runner.Runs(list, async (call, ct) => call.Printer.Show(
            await call.Client.Account.AccountsAsync(ct),
            CliJson.Answers.AccountList,
            all => call.Printer.Table(["id", "name", "made", "used", "uploads"], all.Accounts.Select(account => new[]
            {
                account.Id, account.Administrator ? $"{account.Name} (administrator)" : account.Name, TimeText.Day(account.CreatedMicros),
                account.UsedMicros is { } used ? TimeText.Day(used) : "", account.Administrator || account.MayUpload ? "yes" : "",
            }), "no accounts")));
        return list;
    }

    private static Command Reset(Runner runner)
    {
        var named = Somebody();
        var reset = new Command("reset", "Makes a link for a new password and shows it this once, for the administrator") { named };
        runner.Runs(reset, async (call, ct) =>
        {
            var one = await SomebodyAsync(call, call.Get(named), ct);
            call.Printer.Show(
                await call.Client.Account.CreateResetLinkAsync(one.Id, ct), CliJson.Answers.ResetLinkCreated, made => call.Printer.Line($"{new Uri(call.Server, made.Url)}"));
        });
        return reset;
    }

    private static Command Uploads(Runner runner)
    {
        var named = Somebody();
        var may = new Argument<string>("may") { Description = "on or off" };
        may.AcceptOnlyFromAmong("on", "off");
        var uploads = new Command("uploads", "Gives somebody the right to upload, or takes it back, for the administrator") { named, may };
        runner.Runs(uploads, async (call, ct) =>
        {
            var one = await SomebodyAsync(call, call.Get(named), ct);
            await call.Client.Account.SetMayUploadAsync(one.Id, call.Get(may) == "on", ct);
            call.Printer.Done($"{one.Name} {(call.Get(may) == "on" ? "may upload" : "may not upload")}");
        });
        return uploads;
    }

    private static Argument<string> Somebody() => new("name") { Description = "Somebody's account: its name, its id, or how one of them begins" };

    private static async Task<AccountLine> SomebodyAsync(Call call, string named, CancellationToken ct) => NamedChoice.Resolve(
        (await call.Client.Account.AccountsAsync(ct)).Accounts, account => account.Id, account => account.Name, named, $"Nobody called {named} has an account here.");

    private static Option<bool> FromInput(string what) => new("--password-stdin") { Description = $"Reads {what} from standard input" };
}
