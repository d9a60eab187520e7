using System.Collections.Immutable;
using System.CommandLine;
using Tutti.Cli;
using Tutti.Cli.Commands;
using Tutti.Cli.Output;
using Tutti.Cli.Settings;
using Tutti.Protocol;
using Tutti.Protocol.Rest;
using Tutti.Timing;

namespace Tutti.Client.Tests.Cli;

/// <summary>What the command line makes of what is typed, without a server.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tutti-cli").FullName;

    [Theory]
    [InlineData("83", 83)]
    [InlineData("1:23", 83)]
    [InlineData("1:02:03.5", 3723.5)]
    [InlineData("0", 0)]
    public void A_time_is_read(string text, double seconds)
    {
        Assert.True(TimeText.TryRead(text, out var time));
        Assert.Equal(seconds, time.TotalSeconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("1:60")]
    [InlineData("1:2:3:4")]
    [InlineData("-5")]
    [InlineData("1e9")]
    [InlineData("99999999")]
    [InlineData("1.5:00")]
    public void What_is_no_time_is_none(string text) => Assert.False(TimeText.TryRead(text, out _));

    [Theory]
    [InlineData("+10", 10, true)]
    [InlineData("-0:30", -30, true)]
    [InlineData("10", 10, false)]
    public void A_move_is_told_from_a_place(string text, double seconds, bool isRelative)
    {
        Assert.True(TimeText.TryReadMove(text, out var time, out var relative));
        Assert.Equal((seconds, isRelative), (time.TotalSeconds, relative));
    }

    [Theory]
    [InlineData(0, "0:00")]
    [InlineData(59.9, "0:59")]
    [InlineData(3723, "1:02:03")]
    public void A_time_is_shown(double seconds, string text) => Assert.Equal(text, TimeText.Of(seconds));

    [Theory]
    [InlineData("t0123456789abcdef", true)]
    [InlineData("t0123456789ABCDEF", false)]
    [InlineData("night tram", false)]
    public void Track_ids_are_told_from_words(string text, bool isId) => Assert.Equal(isId, TrackChoice.IsId(text));

    [Fact]
    public void A_device_is_found_by_what_people_call_it()
    {
        var devices = Devices(("kitchen-01", "Kitchen", true), ("kitchen-02", "Kitchen shelf", false), ("phone-0001", "Phone", false));
        Assert.Equal("kitchen-01", DeviceChoice.Resolve(devices, "KITCHEN").Id);
        Assert.Equal("kitchen-02", DeviceChoice.Resolve(devices, "kitchen-02").Id);
        Assert.Equal("phone-0001", DeviceChoice.Resolve(devices, "ph").Id);
        Assert.Contains("Kitchen (kitchen-01) or Kitchen shelf", Assert.Throws<UsageException>(() => DeviceChoice.Resolve(devices, "kit")).Message);
        Assert.Throws<NothingFoundException>(() => DeviceChoice.Resolve(devices, "attic"));
        Assert.Throws<UsageException>(() => DeviceChoice.Resolve(Devices(("a", "A", true)), ""));
        Assert.Equal("kitchen-01", DeviceChoice.Sounding(devices, devices.Devices[2]).Id);
        Assert.Throws<NothingFoundException>(() => DeviceChoice.Sounding(devices, devices.Devices[0]));
        Assert.Throws<UsageException>(() => DeviceChoice.Sounding(Devices(("a", "A", true), ("b", "B", true), ("c", "C", false)), devices.Devices[2]));
    }

    [Fact]
    public void Tokens_are_kept_for_their_server_and_readable_by_their_owner_alone()
    {
        var store = new CredentialStore(Path.Combine(_folder, "config"));
        Assert.Null(store.Load().Server);
        store.Save(store.Load().With(new Uri("http://a.test:3000"), "one").With(new Uri("http://b.test/x/"), "two"));
        var kept = store.Load();
        Assert.Equal(("one", "two", null), (kept.TokenFor(new Uri("http://a.test:3000/")), kept.TokenFor(new Uri("http://b.test/x")), kept.TokenFor(new Uri("http://b.test"))));
        Assert.Equal(new Uri("http://b.test/x/"), kept.Server);
        store.Save(kept.Without(new Uri("http://a.test:3000")));
        Assert.Null(store.Load().TokenFor(new Uri("http://a.test:3000")));
        var file = Assert.Single(Directory.GetFiles(Path.Combine(_folder, "config")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(file)!));
        }

        File.WriteAllText(file, "{");
        Assert.Throws<UsageException>(store.Load);
    }

    [Theory]
    [InlineData("frobnicate", 2)]
    [InlineData("queue move 1", 2)]
    [InlineData("volume loud", 2)]
    [InlineData("play --from 5", 2)]
    [InlineData("queue add", 2)]
    [InlineData("login", 2)]
    [InlineData("login Bob", 2)]
    [InlineData("logout", 0)]
    [InlineData("queue add x --next --at 3", 2)]
    [InlineData("completion tcsh", 2)]
    [InlineData("queue remove ", 2)]
    [InlineData("play ", 2)]
    [InlineData("--room  status", 2)]
    [InlineData("watch --for NaN", 2)]
    [InlineData("--room HOME invite --hours 1e300", 2)]
    [InlineData("--server http://127.0.0.1:9 status", 3)]
    [InlineData("--server http://127.0.0.1:9 watch", 3)]
    [InlineData("--help", 0)]
    [InlineData("devices handover --help", 0)]
    public async Task It_ends_with_the_code_that_is_told(string line, int code)
    {
        var (ended, output, errors) = await RunAsync(line.Split(' '));
        Assert.True(code == ended, $"{ended}\n{output}\n{errors}");
        Assert.Equal(code == 0, errors.Length == 0);
    }

    [Fact]
    public async Task Errors_are_json_when_that_is_asked_for()
    {
        var (_, output, errors) = await RunAsync("--json", "--server", "http://127.0.0.1:9", "status");
        Assert.Equal("", output);
        Assert.StartsWith("""{"error":{"code":0,"name":"unreachable","message":"http://127.0.0.1:9/ cannot be reached""", errors);
    }

    [Fact]
    public void Every_command_option_and_argument_says_what_it_is()
    {
        using var nowhere = new StringWriter();
        Symbol[] symbols = [.. Below(CommandTree.Build(World(nowhere, nowhere)))];
        Assert.True(symbols.OfType<Command>().Count() > 30);
        Assert.Empty(symbols.Where(symbol => string.IsNullOrWhiteSpace(symbol.Description)).Select(symbol => symbol.Name));

        static IEnumerable<Symbol> Below(Command command) =>
            command.Options.Concat<Symbol>(command.Arguments).Append(command).Concat(command.Subcommands.SelectMany(Below));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static DeviceList Devices(params (string Id, string Name, bool Sounds)[] devices)
    {
        var report = new DeviceReport(OutputState.On, 0, 0, 0, 0, 0, 0, null, 0, 0);
        var at = new ServerMicros(1);
        ImmutableArray<DeviceInfo> list =
        [
            .. devices.Select(device => new DeviceInfo(
                device.Id, device.Name, DeviceKind.Browser, true, at, report, null, 100, false, 0, new SoundSwitch(device.Sounds, at))),
        ];
        return new DeviceList(list, list.Length);
    }

    private Surroundings World(TextWriter output, TextWriter errors) =>
        new(output, errors, TextReader.Null, IsTerminal: false, _ => null, _folder, ReadSecret: null);

    private async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await CommandTree.RunAsync(arguments, World(output, errors));
        return (code, output.ToString(), errors.ToString());
    }
}
