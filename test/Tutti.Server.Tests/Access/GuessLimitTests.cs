using System.Net;
using Tutti.Server.Access;
using Tutti.Server.Access.Guessing;

namespace Tutti.Server.Tests.Access;

/// <summary>Guessers run dry, owners do not. Time is an argument.</summary>
public sealed class GuessLimitTests
{
    private static readonly ClientAddress s_away = ClientAddress.Of(IPAddress.Parse("203.0.113.7"));
    private static readonly ClientAddress s_home = ClientAddress.Of(IPAddress.Parse("192.168.1.20"));
    private readonly GuessLimits _limits = new();

    [Fact]
    public void A_guesser_is_listened_to_five_times_and_then_once_a_minute()
    {
        Assert.Equal(5, Heard(new Guess("ann", s_away, null), tries: 1_000, every: TimeSpan.Zero));
        Assert.Equal(0, Heard(new Guess("ann", s_away, null), tries: 10, every: TimeSpan.FromSeconds(1)));
        Assert.InRange(Heard(new Guess("ann", s_away, null), tries: 3_600, every: TimeSpan.FromSeconds(1), from: TimeSpan.FromMinutes(1)), 40, 61);
    }

    [Fact]
    public void The_owner_gets_in_beside_a_guesser()
    {
        Heard(new Guess("ann", s_away, null), tries: 1_000, every: TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, _limits.Begin(new Guess("ann", s_home, null), At(1)));
        Assert.Equal(TimeSpan.Zero, _limits.Begin(new Guess("ann", s_away, "known"), At(1)));
    }

    [Fact]
    public void Many_machines_that_guess_one_name_together_run_dry_and_the_owner_gets_in()
    {
        var heard = 0;
        for (var machine = 0; machine < 1_000; machine++)
        {
            heard += Heard(new Guess("ann", ClientAddress.Of(new IPAddress([198, 51, (byte)(machine / 250), (byte)(machine % 250)])), null), tries: 1, every: TimeSpan.Zero);
        }

        Assert.Equal(50, heard);
        Assert.True(_limits.Begin(new Guess("ann", s_away, null), At(1)) > TimeSpan.Zero, "a stranger's address is not listened to");
        Assert.Equal(TimeSpan.Zero, _limits.Begin(new Guess("ann", s_home, null), At(1)));
        Assert.Equal(TimeSpan.Zero, _limits.Begin(new Guess("ann", s_away, "known"), At(1)));
        Assert.Equal(TimeSpan.Zero, _limits.Begin(new Guess("bob", s_away, null), At(1)));
    }

    [Fact]
    public void One_password_tried_on_everybody_runs_dry_too() =>
        Assert.Equal(30, Enumerable.Range(0, 1_000).Sum(n => Heard(new Guess($"name{n}", s_away, null), tries: 1, every: TimeSpan.Zero)));

    [Fact]
    public void A_known_browser_runs_dry_by_itself() =>
        Assert.Equal(10, Heard(new Guess("ann", s_home, "known"), tries: 1_000, every: TimeSpan.Zero));

    [Fact]
    public void A_right_password_costs_nothing()
    {
        var guess = new Guess("ann", s_home, null);
        for (var n = 0; n < 100; n++)
        {
            Assert.Equal(TimeSpan.Zero, _limits.Begin(guess, At(0)));
            _limits.WasRight(guess, At(0));
        }
    }

    [Fact]
    public void Waiting_as_long_as_told_is_enough()
    {
        var guess = new Guess("ann", s_away, null);
        Heard(guess, tries: 10, every: TimeSpan.Zero);
        var wait = _limits.Begin(guess, At(0));
        Assert.InRange(wait, TimeSpan.FromSeconds(59), TimeSpan.FromSeconds(60));
        Assert.Equal(TimeSpan.Zero, _limits.Begin(guess, At(0) + wait));
    }

    [Fact]
    public void Too_many_names_do_not_give_a_guesser_new_tries()
    {
        var buckets = new TokenBuckets(5, TimeSpan.FromMinutes(1), maxKeys: 100);
        for (var n = 0; n < 5; n++)
        {
            buckets.Take("guesser", At(0));
        }

        for (var n = 0; n < 10_000; n++)
        {
            buckets.Take($"other{n}", At(0));
        }

        Assert.True(buckets.Wait("guesser", At(0)) > TimeSpan.Zero, "the guesser is remembered");
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", true)]
    [InlineData("10.1.2.3", "10.1.2.3", true)]
    [InlineData("172.16.0.1", "172.16.0.1", true)]
    [InlineData("172.32.0.1", "172.32.0.1", false)]
    [InlineData("192.168.7.9", "192.168.7.9", true)]
    [InlineData("::ffff:192.168.7.9", "192.168.7.9", true)]
    [InlineData("8.8.8.8", "8.8.8.8", false)]
    [InlineData("::1", "::1", true)]
    [InlineData("fd00:1:2:3:4:5:6:7", "fd00:1:2:3::", true)]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::", false)]
    public void An_address_stands_for_one_household(string address, string text, bool isLocal) =>
        Assert.Equal(new ClientAddress(text, isLocal), ClientAddress.Of(IPAddress.Parse(address)));

    private int Heard(Guess guess, int tries, TimeSpan every, TimeSpan from = default) =>
        Enumerable.Range(0, tries).Count(n => _limits.Begin(guess, At(0) + from + (every * n)) == TimeSpan.Zero);

    private static UtcMicros At(double seconds) => new UtcMicros(1_795_000_000_000_000) + TimeSpan.FromSeconds(seconds);
}
