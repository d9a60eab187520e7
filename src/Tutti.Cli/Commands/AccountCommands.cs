using System.CommandLine;
using Tutti.Cli.Output;
using Tutti.Client;
using Tutti.Protocol.Rest;

namespace Tutti.Cli.Commands;

/// <summary>Who one is: <c>login</c>, <c>logout</c>, <c>whoami</c>, and <c>tokens</c> for scripts.</summary>
internal static class AccountCommands
{
    public static IEnumerable<Command> All(Runner runner)
    {
        yield return Login(runner);
        yield return Logout(runner);
        var whoami = new Command("whoami", "As whom the server sees you");
        runner.Runs(whoami, async (call, ct) => Show(call, await call.Client.Account.StateAsync(ct)));
        yield return whoami;
        yield return Tokens(runner);
    }

    private static Command Login(Runner runner)
    {
        var name = new Argument<string?>("name") { Description = "Your account's name", Arity = ArgumentArity.ZeroOrOne };
        var password = new Option<bool>("--password-stdin") { Description = "Reads the password from standard input" };
        var token = new Option<bool>("--token-stdin") { Description = "Reads a personal access token from standard input and stores that" };
        var command = new Command("login", "Signs in; the token is stored for this server, readable by you alone") { name, password, token };
        runner.Runs(command, async (call, ct) =>
        {
            // Whoever says their name means that account, whatever token is in the environment.
            var stored = call.Get(token) ? await Secret.AskAsync(call, "", fromInput: true, ct) : call.Get(name) is null ? call.GivenToken : null;
            if (stored is null)
            {
                var who = call.Get(name) ?? throw new UsageException("Say your account's name: tutti login NAME.");
                using var nobody = call.ClientWith(null);
                var secret = await Secret.AskAsync(call, $"Password of {who} at {call.Server}: ", call.Get(password), ct);
                stored = (await nobody.Account.SignInAsync(who, secret, ct)).Token;
            }

            // Asked with it, before it is kept: a token that is no good is refused here.
            using var client = call.ClientWith(stored);
            var state = await client.Account.StateAsync(ct);
            call.Store.Save(call.Store.Load().With(call.Server, stored!));
            Show(call, state);
        });
        return command;
    }

    private static Command Logout(Runner runner)
    {
        var command = new Command("logout", "Signs out, and forgets the token of this server");
        runner.Runs(command, async (call, ct) =>
        {
            var credentials = call.Store.Load();
            if (credentials.TokenFor(call.Server) is not { } token)
            {
                call.Printer.Done($"not signed in to {call.Server}");
                return;
            }

            // Forgotten first: whatever the server answers, this machine does not know it any more.
            call.Store.Save(credentials.Without(call.Server));
            using var client = call.ClientWith(token);
            try
            {
                // A personal access token is not a sign-in: it stays good until `tutti tokens revoke`.
                if ((await client.Account.SessionsAsync(ct)).Items.Any(session => session.Current))
                {
                    await client.Account.SignOutAsync(ct);
                }
            }
            catch (TuttiException refusal) when (refusal.Code is >= 6001 and <= 6099)
            {
                // It was good no more.
            }

            call.Printer.Done($"signed out of {call.Server}");
        });
        return command;
    }

    private static Command Tokens(Runner runner)
    {
        var list = new Command("list", "Lists them");
        runner.Runs(list, ListAsync);
        var name = new Argument<string>("name") { Description = "What it is for" };
        var days = new Option<int?>("--days") { Description = "Its life, 1 to 3650; left out: until it is revoked", HelpName = "N" };
        var create = new Command("create", "Makes one, and shows it this once") { name, days };
        runner.Runs(create, async (call, ct) => call.Printer.Show(
            await call.Client.Account.CreateTokenAsync(call.Get(name), call.Get(days), ct), CliJson.Answers.TokenCreated, made => call.Printer.Line(made.Token)));
        var id = new Argument<string>("id") { Description = "Which, as `tutti tokens` shows it" };
        var revoke = new Command("revoke", "Makes one worthless") { id };
        runner.Runs(revoke, async (call, ct) =>
        {
            await call.Client.Account.RevokeTokenAsync(call.Get(id), ct);
            call.Printer.Done("revoked");
        });
        var tokens = new Command("tokens", "Personal access tokens for scripts; without a subcommand: lists them") { list, create, revoke };
        runner.Runs(tokens, ListAsync);
        return tokens;
    }

    private static async Task ListAsync(Call call, CancellationToken ct) => call.Printer.Show(
        await call.Client.Account.TokensAsync(ct),
        CliJson.Answers.CredentialList,
        tokens => call.Printer.Table(CredentialText.Headings, tokens.Items.Select(CredentialText.Row), "no tokens"));

    private static void Show(Call call, AuthState state) => call.Printer.Show(state, CliJson.Answers.AuthState, now => call.Printer.Line(now.Caller switch
    {
        { Kind: "account", Administrator: true } account => $"{account.Name}, administrator of {call.Server}",
        { Kind: "account" } account => $"{account.Name} at {call.Server}",
        { Kind: "guest" } guest => $"{guest.Name}, guest of {guest.Room} at {call.Server}",
        _ => $"nobody in particular at {call.Server}, which is {(now.Mode == "open" ? "open to all" : "for accounts")}",
    }));
}
