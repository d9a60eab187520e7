using System.Globalization;
using Tutti.SoundLab.Machine;

namespace Tutti.SoundLab.Network;

/// <summary>A network namespace whose only way out is this machine, over a link with delay. Needs root.</summary>
public sealed class SlowLink : IAsyncDisposable
{
    internal const string LinkCommand = "link-child";
    private static int s_made;
    private readonly OwnedProcess _process;

    private SlowLink(OwnedProcess process, string serverAddress) => (_process, ServerAddress) = (process, serverAddress);

    /// <summary>This machine as players behind the link see it. Plain HTTP from there is no secure context, as on a LAN.</summary>
    public string ServerAddress { get; }

    /// <summary>Put before a command, starts it behind the link.</summary>
    public IReadOnlyList<string> Enter => ["nsenter", "--net", $"--target={_process.Id}"];

    public static async Task<SlowLink> OpenAsync(LinkShape shape, string logFolder, CancellationToken cancellation)
    {
        var number = Interlocked.Increment(ref s_made);
        var net = $"10.{200 + Environment.ProcessId / 250 % 50}.{Environment.ProcessId % 250}";
        var (outer, inner) = ($"{net}.{2 * number}", $"{net}.{2 * number + 1}");
        string[] command =
        [
            "dotnet", typeof(SlowLink).Assembly.Location, LinkCommand, $"tutti{Environment.ProcessId}n{number}", outer, inner,
            Text(shape.DelayMs), Text(shape.JitterMs), Text(shape.LossPercent), shape.Way.ToString(),
        ];
        var log = Path.Combine(logFolder, $"link{number}.log");
        var process = await OwnedProcess.StartAsync("link", command, log);
        if (await process.Output.ReadLineAsync(cancellation) == "ready")
        {
            return new SlowLink(process, outer);
        }

        await process.DisposeAsync();
        throw new InvalidOperationException($"the slow link did not open: {await File.ReadAllTextAsync(log, cancellation)}");
    }

    /// <summary>The child's life; its arguments are what <see cref="OpenAsync"/> passes.</summary>
    internal static int RunChild(string[] arguments) => LinkLoop.Run(
        arguments[0], arguments[1], arguments[2],
        new LinkShape(Number(arguments[3]), Number(arguments[4]), Number(arguments[5]), Enum.Parse<DelayedWay>(arguments[6])));

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
