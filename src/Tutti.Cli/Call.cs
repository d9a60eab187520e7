using System.CommandLine;
using Tutti.Cli.Output;
using Tutti.Cli.Settings;
using Tutti.Client;
using Tutti.Protocol;
using Tutti.Protocol.Rest;

namespace Tutti.Cli;

/// <summary>One call of the program: what was typed, the server that it is about, and where to print.</summary>
internal sealed class Call : IDisposable
{
    private static readonly Uri s_usualServer = new("http://localhost:3000");

    private readonly ParseResult _typed;
    private readonly Lazy<TuttiClient> _client;

    public Call(ParseResult typed, GlobalOptions options, Surroundings world)
    {
        (_typed, World) = (typed, world);
        Printer = new Printer(world.Output, world.IsTerminal, typed.GetValue(options.Json));
        Store = new CredentialStore(world.ConfigFolder);
        Server = Address(typed.GetValue(options.Server) ?? Variable("TUTTI_SERVER")) ?? Store.Load().Server ?? s_usualServer;
        GivenToken = typed.GetValue(options.Token) ?? Variable("TUTTI_TOKEN");
        RoomCode = typed.GetValue(options.Room) is { } room ? Code(room) : Variable("TUTTI_ROOM");
        _client = new Lazy<TuttiClient>(() => ClientWith(GivenToken ?? Store.Load().TokenFor(Server)));
    }

    public Surroundings World { get; }

    public Printer Printer { get; }

    public CredentialStore Store { get; }

    public Uri Server { get; }

    /// <summary>The token of this call alone; null: what is stored counts.</summary>
    public string? GivenToken { get; }

    /// <summary>Null: one's own room, or Home.</summary>
    public string? RoomCode { get; }

    public TuttiClient Client => _client.Value;

    public RoomApi Room => RoomCode is null ? Client.Mine : Client.Room(RoomCode);

    /// <summary>The people of the room that was named.</summary>
    /// <exception cref="UsageException">None was: who is meant must be clear where people are put out.</exception>
    public PeopleApi People => RoomCode is { } code ? Client.Room(code).People : throw new UsageException("Say which room: --room CODE.");

    public T? Get<T>(Option<T> option) => _typed.GetValue(option);

    public T Get<T>(Argument<T> argument) => _typed.GetValue(argument)!;

    public TuttiClient ClientWith(string? token) => new(Server, new TuttiClientOptions { Token = token });

    /// <summary>Shows the playback state that a command ended in.</summary>
    public void Show(PlaybackState state) => Printer.Show(state, CliJson.Answers.PlaybackState, answer => Printer.Line(StateText.Of(answer)));

    public void Show(DeviceList devices) => Printer.Show(
        devices, CliJson.Answers.DeviceList, answer => Printer.Table(StateText.DeviceHeadings, answer.Devices.Select(StateText.Row), "no devices"));

    /// <summary>A room by a code that was typed.</summary>
    /// <exception cref="UsageException">Nothing was.</exception>
    public RoomApi RoomOf(string typed) => Client.Room(Code(typed));

    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }
    }

    private static Uri? Address(string? typed)
    {
        if (typed is null)
        {
            return null;
        }

        // People type a name and a port.
        var text = typed.Contains("://", StringComparison.Ordinal) ? typed : $"http://{typed}";
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new UsageException($"{typed} is no address of a server; one looks like http://192.168.1.20:3000.");
    }

    private static string Code(string typed) => string.IsNullOrWhiteSpace(typed) ? throw new UsageException("A room's code is six letters and digits, HOME or MINE.") : typed;

    private string? Variable(string name) => World.Variable(name) is { Length: > 0 } value ? value : null;
}

/// <summary>A command's action, from what was typed to the exit code.</summary>
internal sealed class Runner(GlobalOptions options, Surroundings world)
{
    /// <summary>Gives a command what it does.</summary>
    public void Runs(Command command, Func<Call, CancellationToken, Task> act) => command.SetAction(async (typed, ct) =>
    {
        var isJson = typed.GetValue(options.Json);
        try
        {
            using var call = new Call(typed, options, world);
            await act(call, ct);
            return ExitCode.Done;
        }
        catch (UsageException wrong)
        {
            return Fail(isJson, ExitCode.Usage, 0, "usage", wrong.Message);
        }
        catch (ArgumentException nothing)
        {
            // An id that names nothing, such as a variable of a script that was never set.
            return Fail(isJson, ExitCode.Usage, 0, "usage", nothing.Message);
        }
        catch (NothingFoundException missing)
        {
            return Fail(isJson, ExitCode.Refused, 0, "nothingFound", missing.Message);
        }
        catch (TuttiException refusal)
        {
            var code = refusal.Code is >= 6001 and <= 6099 ? ExitCode.NotAllowed : ExitCode.Refused;
            return Fail(isJson, code, refusal.Code, refusal.Name, refusal.Message);
        }
        catch (Exception away) when (away is ServerUnreachableException or UnexpectedAnswerException or ConnectionLostException)
        {
            return Fail(isJson, ExitCode.Unreachable, 0, "unreachable", away.Message);
        }
        catch (Exception disk) when (disk is IOException or UnauthorizedAccessException)
        {
            return Fail(isJson, ExitCode.Refused, 0, "file", disk.Message);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    });

    private int Fail(bool isJson, int exitCode, int code, string name, string message)
    {
        world.Errors.WriteLine(
            isJson ? System.Text.Json.JsonSerializer.Serialize(new ErrorLine(new FaultInfo(code, name, message)), CliJson.Own.ErrorLine)
            : code == 0 ? $"tutti: {message}"
            : $"tutti: {message} ({code} {name})");
        return exitCode;
    }
}
