using System.CommandLine;
using System.Globalization;
using Tutti.Client;
using Tutti.Protocol;
using Tutti.Protocol.Rest;

namespace Tutti.Cli.Commands;

/// <summary>Where it sounds: <c>devices</c> with what can be set of one, <c>handover</c>, <c>only</c>, <c>everywhere</c>.</summary>
internal static class DeviceCommands
{
    public static IEnumerable<Command> All(Runner runner)
    {
        var name = new Argument<string>("name") { Description = "1 to 64 characters" };
        var icon = new Argument<string>("icon") { Description = "Up to 24 of a–z 0–9 -; \"\" takes it away" };
        var percent = new Argument<int>("percent") { Description = "0 to 100, on top of the room's volume" };
        var trim = new Argument<string>("ms") { Description = "How much later its sound comes out than it knows, -500 to 500 (after --: -20)" };
        var devices = new Command("devices", "The devices of the room; without a subcommand: lists them")
        {
            List(runner),
            Set(runner, "rename", "Gives a device another name", name, call => new DeviceChange(Name: call.Get(name))),
            Set(runner, "icon", "Gives a device a picture", icon, call => new DeviceChange(Icon: call.Get(icon))),
            Set(runner, "volume", "The volume of one device", percent, call => new DeviceChange(Volume: call.Get(percent))),
            Set(runner, "trim", "Makes up for a speaker that is late", trim, call => new DeviceChange(TrimMs: Milliseconds(call.Get(trim)))),
            Set(runner, "mute", "Mutes a device, wherever it is", null, _ => new DeviceChange(Muted: true)),
            Set(runner, "unmute", "Takes that back", null, _ => new DeviceChange(Muted: false)),
            Set(runner, "silence", "Makes a device follow this room without sound", null, _ => new DeviceChange(Silent: true)),
            Set(runner, "sound", "Takes that back", null, _ => new DeviceChange(Silent: false)),
            Forget(runner),
        };
        runner.Runs(devices, ListAsync);
        yield return devices;
        yield return HandOver(runner);
        yield return Only(runner);
        var everywhere = new Command("everywhere", "Every device plays");
        runner.Runs(everywhere, async (call, ct) => call.Show(await call.Room.EverywhereAsync(ct)));
        yield return everywhere;
    }

    private static Command List(Runner runner)
    {
        var command = new Command("list", "Lists the devices with their settings and sync errors");
        runner.Runs(command, ListAsync);
        return command;
    }

    private static async Task ListAsync(Call call, CancellationToken ct) => call.Show(await call.Room.DevicesAsync(ct));

    private static Command Set(Runner runner, string name, string what, Argument? value, Func<Call, DeviceChange> change) =>
        OfOne(runner, name, what, async (call, device, ct) => call.Show(await call.Room.SetDeviceAsync(device.Id, change(call), ct)), value);

    private static Command Forget(Runner runner) => OfOne(
        runner, "forget", "Forgets what was set of a device; one that is away is shown no longer", async (call, device, ct) =>
        {
            await call.Room.ForgetDeviceAsync(device.Id, ct);
            call.Printer.Done($"{device.Name} is forgotten");
        });

    private static Command Only(Runner runner) =>
        OfOne(runner, "only", "One device plays, all others are silent", async (call, device, ct) => call.Show(await call.Room.OnlyHereAsync(device.Id, ct)));

    /// <summary>A command about the device that its first argument names.</summary>
    private static Command OfOne(Runner runner, string name, string what, Func<Call, DeviceInfo, CancellationToken, Task> act, Argument? value = null)
    {
        var named = Device("device");
        var command = new Command(name, what) { named };
        if (value is not null)
        {
            command.Add(value);
        }

        runner.Runs(command, async (call, ct) => await act(call, DeviceChoice.Resolve(await call.Room.DevicesAsync(ct), call.Get(named)), ct));
        return command;
    }

    private static Command HandOver(Runner runner)
    {
        var to = Device("to");
        var from = new Option<string?>("--from") { Description = "The device that falls silent; left out: the one that sounds", HelpName = "DEVICE" };
        var command = new Command("handover", "Sound leaves one device and goes on in another at the same instant") { to, from };
        runner.Runs(command, async (call, ct) =>
        {
            var devices = await call.Room.DevicesAsync(ct);
            var target = DeviceChoice.Resolve(devices, call.Get(to));
            var source = call.Get(from) is { } named ? DeviceChoice.Resolve(devices, named) : DeviceChoice.Sounding(devices, target);
            call.Show(await call.Room.HandOverAsync(source.Id, target.Id, ct));
        });
        return command;
    }

    private static Argument<string> Device(string name) => new(name) { Description = "A device: its name, its id, or how one of them begins" };

    private static double Milliseconds(string typed) =>
        double.TryParse(typed, NumberStyles.Float, CultureInfo.InvariantCulture, out var ms) && double.IsFinite(ms)
            ? ms
            : throw new UsageException($"{typed} is no number of milliseconds.");
}
