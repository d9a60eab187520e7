using System.CommandLine;
using System.Globalization;
using Tutti.SoundLab;
using Tutti.SoundLab.Cards;
using Tutti.SoundLab.Network;
using Tutti.SoundLab.SelfTest;
using Tutti.SoundLab.Signals;

switch (args)
{
    case [CardEach.CardCommand, var folder, var seconds, .. var cards]:
        return CardLoop.Run(
            folder,
            int.Parse(seconds, CultureInfo.InvariantCulture),
            [.. cards.Chunk(2).Select(card => (card[0], double.Parse(card[1], CultureInfo.InvariantCulture)))]);
    case [SlowLink.LinkCommand, .. var link]:
        return SlowLink.RunChild(link);
    case [LinkChecks.PingCommand, var address, var port]:
        return LinkChecks.RunChild(address, port);
}

Command selfTest = new("self-test", "Does the lab itself tell the truth? Known distances, faults and rates in, measured ones out.");
selfTest.SetAction(async (_, cancellation) =>
{
    Checks checks = new(Console.Out);
    using Scratch scratch = new();
    TestTrack track = new(seed: 7, TimeSpan.FromSeconds(60));
    AnalyserChecks.Run(checks, track);
    await LinkChecks.RunAsync(checks, scratch.Path, cancellation);
    await CardChecks.RunAsync(checks, track, scratch.Path, cancellation);
    Console.WriteLine(checks.Wrong == 0 ? "self-test passed" : $"self-test FAILED: {checks.Wrong} wrong");
    return checks.Wrong == 0 ? 0 : 1;
});
RootCommand root = new("Measures how far apart players really sound.") { selfTest };
foreach (var command in CaseCommands.All())
{
    root.Add(command);
}

// On Ctrl-C there is time to end what was started; what is left then ends with this process.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(20) });
