// Measures the library: first scan against mpd, rescan, memory, search, its page.
//   dotnet run -c Release --project bench/Tutti.LibraryBench -- scan [files] [--keep FOLDER]
//   dotnet run -c Release --project bench/Tutti.LibraryBench -- folder FOLDER        a folder of one's own, only read
//   dotnet run -c Release --project bench/Tutti.LibraryBench -- parts [files]        what a first scan is made of
//   dotnet run -c Release --project bench/Tutti.LibraryBench -- search [tracks] [--postgres]
//   dotnet run -c Release --project bench/Tutti.LibraryBench -- page [tracks]          after ./run.sh --build-only; needs chromium
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tutti.LibraryBench;
using Tutti.Server;
using Tutti.Server.Library;
using Tutti.Server.Library.Reading;
using Tutti.Server.Library.Scanning;
using Tutti.Server.Library.Searching;
using Tutti.Server.Library.Tags;
using Tutti.Server.Library.Uploads;
using Tutti.Server.Storage;

[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var work = Path.Combine(Path.GetTempPath(), "tutti-library-bench");
var number = args.Length > 1 && int.TryParse(args[1], out var given) ? given : (int?)null;
switch (args.FirstOrDefault())
{
    case "scan":
        await ScanAsync(await MadeAsync(number ?? 10_000), againstMpd: true);
        return 0;
    case "folder" when args.Length == 2:
        await ScanAsync(args[1], againstMpd: true);
        return 0;
    case "parts":
        await PartsAsync(await MadeAsync(number ?? 10_000));
        return 0;
    case "search":
        await SearchAsync(number ?? 100_000, onPostgres: args.Contains("--postgres"));
        return 0;
    case "page":
        await PageAsync(number ?? 100_000);
        return 0;
    default:
        Console.Error.WriteLine("scan [files] | parts [files] | folder FOLDER | search [tracks] [--postgres] | page [tracks]");
        return 2;
}

async Task<string> MadeAsync(int count)
{
    var folder = Path.Combine(work, $"music-{count}");
    if (!Directory.Exists(folder))
    {
        var unfinished = folder + ".tmp";
        Console.WriteLine($"making {count} files in {folder}");
        await TaggedFiles.MakeAsync(unfinished, count);
        Directory.Move(unfinished, folder);
    }
    return folder;
}

async Task ScanAsync(string music, bool againstMpd)
{
    var data = Fresh("data");
    // The page cache is warm for both: what is compared is the reading, not the disk.
    foreach (var file in Directory.EnumerateFiles(music, "*", SearchOption.AllDirectories))
    {
        await File.ReadAllBytesAsync(file);
    }
    if (againstMpd && await Mpd.UpdateAsync(music, Fresh("mpd")) is { } mpd)
    {
        Console.WriteLine($"mpd: {mpd.TotalSeconds:0.00} s");
    }
    await using var services = Services(data, music);
    var library = services.GetRequiredService<MusicLibrary>();
    var scanner = services.GetRequiredService<LibraryScanner>();
    await services.GetRequiredService<ITrackStore>().FindAsync("none", default);
    using (var memory = new MemoryWatch())
    {
        var phases = new Dictionary<ScanPhase, long>();
        var start = Stopwatch.GetTimestamp();
        var end = await scanner.ScanAsync(library.Folders, progress => phases.TryAdd(progress.Phase, Stopwatch.GetTimestamp()), default);
        var took = Stopwatch.GetElapsedTime(start);
        Console.WriteLine($"first scan: {took.TotalSeconds:0.00} s, {end.Found} files, {end.Skipped} unreadable; most memory {memory.MostMegabytes:0} MB, {memory.MostResidentMegabytes:0} MB with what is shared counted in each process");
        foreach (var (phase, at) in phases)
        {
            Console.WriteLine($"  {phase} from {Stopwatch.GetElapsedTime(start, at).TotalSeconds:0.00} s");
        }
    }
    for (var round = 0; round < 3; round++)
    {
        var start = Stopwatch.GetTimestamp();
        await scanner.ScanAsync(library.Folders, _ => { }, default);
        Console.WriteLine($"rescan, nothing changed: {Stopwatch.GetElapsedTime(start).TotalSeconds:0.00} s");
    }
}

// What a first scan is made of: reading alone, without keeping; keeping alone, without reading; grouping.
async Task PartsAsync(string music)
{
    string[] files = [.. Directory.EnumerateFiles(music, "*", SearchOption.AllDirectories)];
    await using var services = Services(Fresh("data"), music);
    var reader = services.GetRequiredService<ITagReader>();
    var start = Stopwatch.GetTimestamp();
    await Parallel.ForEachAsync(
        files.Chunk(8), new ParallelOptions { MaxDegreeOfParallelism = new LibraryOptions().ScanParallelism }, async (some, ct) => await reader.ReadAsync(some, ct));
    Told("reading alone");
    reader.Rest();
    var store = services.GetRequiredService<IScanStore>();
    var tracks = Enumerable.Range(0, files.Length).Select(Track).ToList();
    await services.GetRequiredService<ITrackStore>().FindAsync("none", default);
    start = Stopwatch.GetTimestamp();
    var touched = new Touched();
    foreach (var chunk in tracks.Chunk(200))
    {
        touched.Add(await store.SaveAsync(chunk, default));
    }
    Told("keeping alone");
    start = Stopwatch.GetTimestamp();
    await store.GroupAsync(touched, _ => { }, default);
    Told("grouping alone");

    void Told(string what) => Console.WriteLine($"{what}: {Stopwatch.GetElapsedTime(start).TotalSeconds:0.00} s; processor of this process so far {Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds:0.00} s");
}

// Tracks that stand in the database alone: no file is looked at.
async Task<ServiceProvider> MadeUpAsync(string data, int count, string connectionString = "")
{
    var services = Services(data, "/music", connectionString);
    var store = services.GetRequiredService<IScanStore>();
    var touched = new Touched();
    foreach (var chunk in Enumerable.Range(0, count).Chunk(2_000))
    {
        touched.Add(await store.SaveAsync([.. chunk.Select(Track)], default));
    }
    await store.GroupAsync(touched, _ => { }, default);
    return services;
}

async Task PageAsync(int count)
{
    var data = Fresh("page-data");
    await (await MadeUpAsync(data, count)).DisposeAsync();
    await PageBench.RunAsync(Directory.CreateDirectory(Fresh("page")).FullName, data, count);
}

async Task SearchAsync(int count, bool onPostgres)
{
    await using var postgres = onPostgres ? await PrivatePostgres.StartAsync() : null;
    await using var services = await MadeUpAsync(Fresh("data"), count, postgres?.ConnectionString ?? "");
    var search = services.GetRequiredService<LibrarySearch>();
    var catalog = services.GetRequiredService<ICatalog>();
    var prefixes = Enumerable.Range(0, 1_000).Select(n => SearchWords.Of(Names.Of(n * 97 % count) is var piece && n % 2 == 0 ? piece.Title : piece.Artist)[0])
        .Select(word => word[..Math.Min(3, word.Length)]).ToList();
    await MeasureAsync("search, 3 letters", prefixes, prefix => search.FindAsync(prefix, 20, default));
    await MeasureAsync("search, 2 letters", prefixes, prefix => search.FindAsync(prefix[..Math.Min(2, prefix.Length)], 20, default));
    await MeasureAsync("search, 1 letter", prefixes, prefix => search.FindAsync(prefix[..1], 20, default));
    await MeasureAsync("search, two words", prefixes, prefix => search.FindAsync($"{prefix} {prefixes[prefix.Length]}", 20, default));
    await MeasureAsync("search, a slip", prefixes.Take(200), prefix => search.FindAsync(prefix + "qzu", 20, default));
    await MeasureAsync("list of tracks, 3 letters", prefixes.Take(200), prefix => catalog.TracksAsync(new TrackQuery(prefix), PageRange.First, default));
    await MeasureAsync("list of tracks, any page", prefixes.Take(200), prefix => catalog.TracksAsync(new TrackQuery(), new PageRange(prefix[0] * 997 % count, 100), default));
    await MeasureAsync("list of albums, any page", prefixes.Take(200), prefix => catalog.AlbumsAsync(new AlbumQuery(), new PageRange(prefix[0] * 97 % (count / 10), 100), default));

    async Task MeasureAsync<T>(string what, IEnumerable<string> queries, Func<string, Task<T>> ask)
    {
        var times = new List<double>();
        foreach (var query in queries.Prepend("warm"))
        {
            var start = Stopwatch.GetTimestamp();
            await ask(query);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        times.RemoveAt(0);
        times.Sort();
        Console.WriteLine($"{what}: median {times[times.Count / 2]:0.0} ms, p95 {times[times.Count * 95 / 100]:0.0} ms, worst {times[^1]:0.0} ms of {times.Count}");
    }
}

static LibraryTrack Track(int n)
{
    var piece = Names.Of(n);
    return new LibraryTrack(
        $"t{n:x16}", "/music", $"{piece.Folder}/{n}.flac", 1_000, 1, AudioTags.None with
        {
            Title = piece.Title, Artist = piece.Artist, Artists = [piece.Artist], Album = piece.Album, AlbumArtist = piece.Artist, AlbumArtists = [piece.Artist],
            TrackNumber = piece.Track, Year = piece.Year, Genres = [piece.Genre],
        },
        new SoundFormat(200_000_000, 2, 44_100, 900_000, "flac"), TrackCover.None, TrackState.Playable, "", n);
}

string Fresh(string name)
{
    var folder = Path.Combine(work, name);
    if (Directory.Exists(folder))
    {
        Directory.Delete(folder, recursive: true);
    }
    return folder;
}

static ServiceProvider Services(string data, string music, string connectionString = "") => new ServiceCollection()
    .AddLogging()
    .AddSingleton(Options.Create(new StorageOptions { DataFolder = data, ConnectionString = connectionString }))
    .AddSingleton(Options.Create(new LibraryOptions { MusicFolder = music }))
    .AddSingleton(Options.Create(new UploadOptions()))
    .AddTuttiStorage()
    .AddTuttiLibrary()
    .BuildServiceProvider();
