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
    TestTrack noise = new(seed: 7, TimeSpan.FromSeconds(60));
    AnalyserChecks.Run(checks, noise);
    await LinkChecks.RunAsync(checks, scratch.Path, cancellation);
    await CardChecks.RunAsync(checks, noise, scratch.Path, cancellation);
    Console.WriteLine(checks.Wrong == 0 ? "self-test passed" : $"self-test FAILED: {checks.Wrong} wrong");
    return checks.Wrong == 0 ? 0 : 1;
});
Option<int> trackSeconds = new("--seconds") { Description = "Its length", DefaultValueFactory = _ => 240 };
Argument<string> trackFolder = new("folder") { Description = "Where to put it" };
Command track = new("track", "Writes the track that the cases play, to judge a kept recording with another tool.") { trackFolder, trackSeconds };
track.SetAction(async (parsed, cancellation) => Console.WriteLine(
    await new TestTrack(seed: 1, TimeSpan.FromSeconds(parsed.GetValue(trackSeconds))).WriteFlacAsync(parsed.GetValue(trackFolder)!, cancellation)));

RootCommand root = new("Measures how far apart players really sound.") { selfTest, track };
foreach (var command in CaseCommands.All())
{
    root.Add(command);
}

// On Ctrl-C there is time to end what was started; what is left then ends with this process.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(20) });
