// Measures media: how soon the first segment of a never-played file is there, how fast a whole track is cut, and the encoder by itself.
//   dotnet run -c Release --project bench/Tutti.MediaBench [music file …]
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tutti.MediaBench;
using Tutti.Server.Media;
using Tutti.Server.Media.Flac;
using Tutti.Server.Rooms;
using Tutti.Server.Storage;

var folder = Path.Combine(Path.GetTempPath(), "tutti-media-bench");
IReadOnlyList<string> files = args.Length > 0 ? args : await Inputs.MakeAsync(folder);

Console.WriteLine("| file | first segment, ms: median | worst of 15 | segment at 80 %, ms: median | worst of 15 | whole track cut, ms | times real time |");
Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
foreach (var file in files)
{
    await MeasureFileAsync(file);
}
Console.WriteLine();
Console.WriteLine("| encoder, one core | times real time | of the PCM's size | ffmpeg's FLAC, same blocks | ffmpeg's FLAC, default |");
Console.WriteLine("| --- | --- | --- | --- | --- |");
foreach (var file in files.Where(file => args.Length > 0 || file.EndsWith(".flac", StringComparison.Ordinal)))
{
    await MeasureEncoderAsync(file);
}
return 0;

async Task MeasureFileAsync(string file)
{
    const int rounds = 15;
    var first = new List<double>();
    var far = new List<double>();
    var whole = new List<double>();
    var seconds = 0.0;
    var farSegment = 0;
    for (var round = -1; round < rounds; round++)
    {
        // A data folder of its own each time: nothing is known of the file. The round before the first warms the code up.
        var data = Path.Combine(folder, "data");
        if (Directory.Exists(data))
        {
            Directory.Delete(data, recursive: true);
        }
        await using var services = Services(data);
        await services.GetRequiredService<ISoundStore>().FindLengthAsync("", default);
        var media = services.GetRequiredService<MediaService>();
        var start = Stopwatch.GetTimestamp();
        var ready = (MediaOutcome.Ready)await media.PrepareAsync(file, 2, default);
        var segment = (SegmentOutcome.Found)await media.OpenSegmentAsync(ready.Media.Key, 0, default);
        var firstMs = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        await segment.Stream.DisposeAsync();
        // As a listener does who seeks as soon as it sounds.
        var sought = Stopwatch.GetTimestamp();
        if (farSegment > 0 && await media.OpenSegmentAsync(ready.Media.Key, farSegment, default) is SegmentOutcome.Found there)
        {
            far.Add(Stopwatch.GetElapsedTime(sought).TotalMilliseconds);
            await there.Stream.DisposeAsync();
        }
        // All of it, as fast as it goes because someone waits.
        for (var n = 0; await media.OpenSegmentAsync(ready.Media.Key, n, default) is SegmentOutcome.Found found; n++)
        {
            await found.Stream.DisposeAsync();
        }
        seconds = media.CutSamples(ready.Media)!.Value / 48_000.0;
        if (round < 0)
        {
            farSegment = (int)(seconds * 0.8 / 2);
            continue;
        }
        first.Add(firstMs);
        whole.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }
    first.Sort();
    far.Sort();
    whole.Sort();
    Console.WriteLine($"| {Path.GetFileName(file)} | {first[rounds / 2]:0} | {first[^1]:0} | {far[rounds / 2]:0} | {far[^1]:0} | {whole[rounds / 2]:0} | {seconds * 1000 / whole[rounds / 2]:0} |");
}

async Task MeasureEncoderAsync(string file)
{
    var source = new SourceFile(file, 0, 0, 2);
    await using var decoder = PcmDecoder.Start(source);
    var sound = new float[SegmentFormat.SegmentSamples * SegmentFormat.Channels];
    var rounded = new short[sound.Length];
    var joined = new List<short>();
    for (int read; (read = await decoder.FillAsync(sound, default)) > 0;)
    {
        SampleRounding.Round(sound.AsSpan(0, read), rounded);
        joined.AddRange(rounded.AsSpan(0, read));
    }
    var pcm = joined.ToArray();
    var encoder = new FlacEncoder();
    long bytes = 0;
    var best = double.MaxValue;
    for (var round = 0; round < 5; round++)
    {
        bytes = 0;
        var start = Stopwatch.GetTimestamp();
        for (var at = 0; at < pcm.Length; at += SegmentFormat.SegmentSamples * 2)
        {
            bytes += encoder.Encode(pcm.AsSpan(at, Math.Min(SegmentFormat.SegmentSamples * 2, pcm.Length - at))).Length;
        }
        best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }
    string[] decode = ["-v", "error", "-i", file, "-af", "aresample=48000", "-ac", "2", "-sample_fmt", "s16"];
    var same = await Inputs.RunAsync([.. decode, "-c:a", "flac", "-frame_size", "3840", "-f", "flac", "pipe:1"]);
    var usual = await Inputs.RunAsync([.. decode, "-c:a", "flac", "-f", "flac", "pipe:1"]);
    var raw = pcm.Length * 2.0;
    Console.WriteLine($"| {Path.GetFileName(file)} | {pcm.Length / 96_000.0 / best:0} | {bytes / raw:P1} | {same.Length / raw:P1} | {usual.Length / raw:P1} |");
}

static ServiceProvider Services(string data) => new ServiceCollection()
    .AddLogging()
    .AddSingleton(Options.Create(new StorageOptions { DataFolder = data }))
    .AddTuttiStorage()
    .AddTuttiMedia()
    .BuildServiceProvider();
