using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Tutti.SoundLab.Analysis;
using Tutti.SoundLab.Machine;
using Tutti.SoundLab.Network;

namespace Tutti.SoundLab.SelfTest;

/// <summary>Does the slow link delay as asked? Small datagrams are sent from behind it and come back.</summary>
internal static class LinkChecks
{
    internal const string PingCommand = "ping-child";
    private const int Pings = 150;

    public static async Task RunAsync(Checks checks, string scratch, CancellationToken cancellation)
    {
        checks.Section("round trip through a link without delay, and one of 40 ± 15 ms");
        var (quick, _) = await RoundTripAsync(new LinkShape(0, 0), scratch, cancellation);
        checks.Near("median without, ms", quick, 0.3, 0.5);
        var (median, deviation) = await RoundTripAsync(new LinkShape(40, 15), scratch, cancellation);
        checks.Near("median, ms", median, 40, 5);
        checks.Near("deviation, ms", deviation, 15, 4);
    }

    private static async Task<(double MedianMs, double DeviationMs)> RoundTripAsync(LinkShape shape, string scratch, CancellationToken cancellation)
    {
        await using var link = await SlowLink.OpenAsync(shape, scratch, cancellation);
        using UdpClient echo = new(new IPEndPoint(IPAddress.Parse(link.ServerAddress), 0));
        var port = ((IPEndPoint)echo.Client.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture);
        string[] command = [.. link.Enter, "dotnet", typeof(LinkChecks).Assembly.Location, PingCommand, link.ServerAddress, port];
        await using var pinger = await OwnedProcess.StartAsync("pinger", command, Path.Combine(scratch, "pinger.log"));
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var answering = AnswerAsync(echo, enough.Token);
        var text = await pinger.Output.ReadToEndAsync(cancellation);
        await enough.CancelAsync();
        await answering;
        double[] roundTrips = [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
        var mean = roundTrips.Average();
        return (Order.Median(roundTrips), Math.Sqrt(roundTrips.Average(value => (value - mean) * (value - mean))));
    }

    private static async Task AnswerAsync(UdpClient echo, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var ping = await echo.ReceiveAsync(cancellation);
                await echo.SendAsync(ping.Buffer, ping.RemoteEndPoint, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }
    }

    /// <summary>The child behind the link: prints each round trip in ms.</summary>
    internal static int RunChild(string address, string port)
    {
        using UdpClient client = new(address, int.Parse(port, CultureInfo.InvariantCulture));
        var payload = Encoding.ASCII.GetBytes("ping");
        IPEndPoint? from = null;
        for (var i = 0; i < Pings; i++)
        {
            var sent = Libc.MonotonicNanos();
            client.Send(payload);
            client.Receive(ref from);
            Console.WriteLine(((Libc.MonotonicNanos() - sent) / 1e6).ToString(CultureInfo.InvariantCulture));
        }

        return 0;
    }
}
