using Tutti.Server.Hosting;

namespace Tutti.Server.Tests.Hosting;

public sealed class GreetingTests
{
    [Fact]
    public void It_names_every_address_and_draws_a_code_of_half_blocks()
    {
        var text = Greeting.Text("http://localhost:3000", ["http://192.168.1.5:3000", "http://10.0.0.2:3000"]);
        Assert.Contains("http://localhost:3000", text);
        Assert.Contains("http://10.0.0.2:3000", text);
        var rows = text.Split(Environment.NewLine).Where(line => line.AsSpan().IndexOfAny("█▀▄") >= 0).ToArray();
        Assert.InRange(rows.Length, 11, 20);
    }

    [Fact]
    public void Without_a_network_there_is_no_code() => Assert.DoesNotContain("scan", Greeting.Text("http://localhost:3000", []));
}
