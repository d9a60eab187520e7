using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Tutti.Server.Library.Reading;

namespace Tutti.Server.Library.Scanning;

/// <summary>
/// Brings the kept library into line with the folders, in five phases: walk, read, group, covers, tidy. Files of the same size and time of
/// change are not opened again; one that can't be read is kept with the reason; one that is gone is marked missing and comes back with its id;
/// one that was moved or tagged anew keeps its id (<see cref="MoveMatch"/>). A folder that is not there, or cannot be
/// opened, changes nothing about its tracks.
/// </summary>
public sealed partial class LibraryScanner(
    IScanStore store, ITagReader reader, CoverCleaning cleaning, IOptions<LibraryOptions> options, TimeProvider clock, ILogger<LibraryScanner> logger)
{
    // Large, because each batch is written as one, search index and all; but what a slow disk gives in this time is shown before a batch is full.
    private const int BatchSize = 1_000;

    // So that a reader need not wait between two files.
    private const int AskedAtOnce = 8;
    private static readonly TimeSpan s_batchTime = TimeSpan.FromSeconds(2);

    // Until the decoder has counted: rooms need some end, and the true one is known seconds after the start.
    private const long UnknownDurationMicros = 600_000_000;

    // Until a whole walk has met none.
    private bool _hasLinks = true;

    /// <summary>Scans everything once. Shows progress from any thread.</summary>
    public Task<ScanProgress> ScanAsync(IReadOnlyList<MusicFolder> folders, Action<ScanProgress> show, CancellationToken ct) =>
        ScanAsync(folders, ScanScope.Everything, show, ct);

    /// <summary>Scans once, walking only what is in the scope; for one caller at a time.</summary>
    public async Task<ScanProgress> ScanAsync(IReadOnlyList<MusicFolder> folders, ScanScope scope, Action<ScanProgress> show, CancellationToken ct)
    {
        var board = new ScanBoard(show);
        board.Enter(ScanPhase.Finding);
        var present = Present(folders, board);
        var pictures = new List<FolderPicture>();
        var shut = new List<string>();
        var walked = Walk(ref scope, present, pictures, shut, board, ct);
        if (shut.Count > 0)
        {
            board.Trouble(shut.Count == 1 ? $"the folder {shut[0]} cannot be opened" : $"{shut.Count} folders cannot be opened, {shut[0]} among them");
        }
        var known = await store.KnownAsync(ct);
        var finds = FolderFinds.Of(walked, scope, known, present, File.Exists);
        var found = finds.All;
        board.Found(found.Count);

        var work = ScanPlan.Of(found, known, present, folders, shut);
        board.Enter(ScanPhase.Reading, found.Count);
        var touched = await VacateAsync(work, ct);
        touched.Add(await ReadAsync(work, finds, board, ct));
        var missing = await MarkMissingAsync(work, touched, ct);

        board.Enter(ScanPhase.Grouping, touched.Count);
        await store.GroupAsync(touched, board.Done, ct);

        board.Enter(ScanPhase.Covers);
        var changed = touched.Count > 0;
        changed |= await new FolderCovers(store, LogPictureUnreadable).RunAsync(pictures, present, scope, changed, board, ct);

        board.Enter(ScanPhase.Tidying);
        changed |= work.FoldersChanged;
        if (changed)
        {
            await store.FoldersAsync(folders, ct);
            await cleaning.RunAsync(ct);
        }
        return board.End(missing, changed);
    }

    private static List<MusicFolder> Present(IReadOnlyList<MusicFolder> folders, ScanBoard board)
    {
        foreach (var folder in folders.Where(folder => !folder.Own && !Directory.Exists(folder.Root)))
        {
            board.Trouble($"the music folder {folder.Root} is not there");
        }
        return [.. folders.Where(folder => Directory.Exists(folder.Root))];
    }

    private List<FoundFile> Walk(
        ref ScanScope scope, List<MusicFolder> present, List<FolderPicture> pictures, List<string> shut, ScanBoard board, CancellationToken ct)
    {
        var walk = new MusicFolderWalk(NoteShut, present);
        if (!scope.IsEverything && !_hasLinks)
        {
            var some = scope.Directories.SelectMany(place => present.Where(folder => folder.Root == place.Root)
                .SelectMany(folder => walk.Files(folder, place.Directory, place.Below, pictures)));
            var found = Counted(some, board, ct);
            if (!walk.MetLinks)
            {
                return found;
            }
            pictures.Clear();
            shut.Clear();
        }

        scope = ScanScope.Everything;
        walk = new MusicFolderWalk(NoteShut, present);
        var all = Counted(present.SelectMany(folder => walk.Files(folder, pictures)), board, ct);
        _hasLinks = walk.MetLinks;
        return all;

        void NoteShut(string folder, Exception error)
        {
            LogFolderUnreadable(folder, error);
            if (error is not DirectoryNotFoundException)
            {
                shut.Add(folder);
            }
        }
    }

    private static List<FoundFile> Counted(IEnumerable<FoundFile> files, ScanBoard board, CancellationToken ct)
    {
        var found = new List<FoundFile>();
        foreach (var file in files)
        {
            ct.ThrowIfCancellationRequested();
            found.Add(file);
            board.Found(found.Count);
        }
        return found;
    }

    // Until their files are found they are missing, at a place that no file has: theirs is another's now.
    private async Task<Touched> VacateAsync(ScanPlan plan, CancellationToken ct)
    {
        var touched = new Touched();
        foreach (var chunk in plan.Displaced.Chunk(BatchSize))
        {
            var tracks = await store.LoadAsync([.. chunk.Select(file => file.Id)], ct);
            touched.Add(await store.SaveAsync([.. tracks.Select(static track => track with { Path = $"{track.Path}\n{track.Id}", State = TrackState.Missing })], ct));
        }
        return touched;
    }

    private async Task<Touched> ReadAsync(ScanPlan plan, FolderFinds finds, ScanBoard board, CancellationToken ct)
    {
        var touched = new Touched();
        // Bounded: readers wait for the writer rather than pile up what they read.
        var results = Channel.CreateBounded<(FoundFile File, KnownFile? Kept, FileReading Reading)>(
            new BoundedChannelOptions(BatchSize) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var wanted = finds.Walked.Where(file => !ScanPlan.IsStillRight(plan.At(file), file)).ToList();
        board.Unchanged(finds.Walked.Count + finds.Kept.Count - wanted.Count, finds.Kept.Count(file => plan.At(file) is { State: TrackState.Unreadable }));
        var readers = ReadFilesAsync(plan, wanted, results.Writer, stop.Token);
        try
        {
            var batch = new List<LibraryTrack>(BatchSize);
            var begun = clock.GetTimestamp();
            await foreach (var (file, kept, reading) in results.Reader.ReadAllAsync(ct))
            {
                var moved = false;
                if (reading is not FileReading.Unreadable || !ScanPlan.IsStillUnreadable(kept, file))
                {
                    batch.Add(Judge(plan, file, kept, reading, out moved));
                }
                board.Opened(reading is FileReading.Unreadable, moved);
                if (batch.Count == BatchSize || clock.GetElapsedTime(begun) > s_batchTime)
                {
                    touched.Add(await store.SaveAsync(batch, ct));
                    batch.Clear();
                    begun = clock.GetTimestamp();
                }
            }
            await readers;
            touched.Add(await store.SaveAsync(batch, ct));
        }
        finally
        {
            await stop.CancelAsync();
            reader.Rest();
        }

        // Files that came back just as they were need no opening.
        foreach (var chunk in plan.Returned.Chunk(BatchSize))
        {
            var tracks = await store.LoadAsync([.. chunk.Select(file => file.Id)], ct);
            // One that could not be read before it went still cannot.
            touched.Add(await store.SaveAsync(
                [.. tracks.Select(track => track with { State = track.Reason.Length > 0 ? TrackState.Unreadable : TrackState.Playable })], ct));
        }
        return touched;
    }

    private async Task ReadFilesAsync(
        ScanPlan plan, List<FoundFile> wanted, ChannelWriter<(FoundFile, KnownFile?, FileReading)> results, CancellationToken ct)
    {
        try
        {
            await Parallel.ForEachAsync(
                wanted.Chunk(AskedAtOnce),
                new ParallelOptions { MaxDegreeOfParallelism = options.Value.ScanParallelism, CancellationToken = ct },
                async (files, stop) =>
                {
                    foreach (var (file, reading) in files.Zip(await ReadAsync(files, stop)))
                    {
                        await results.WriteAsync((file, plan.At(file), reading), stop);
                    }
                });
            results.Complete();
        }
        catch (Exception error)
        {
            results.Complete(error);
        }
    }

    private LibraryTrack Judge(ScanPlan plan, FoundFile file, KnownFile? kept, FileReading reading, out bool moved)
    {
        var (format, bare, picture, reason) = reading switch
        {
            FileReading.Sound sound => (sound.Format, sound.Tags, sound.PictureHash, ""),
            FileReading.Unreadable(var why) => (SoundFormat.Unknown, Tags.AudioTags.None, "", why),
            _ => throw new InvalidOperationException("an outcome that is none"),
        };
        if (reason.Length > 0)
        {
            LogUnreadable(file.Path, reason);
        }
        else if (format.DurationMicros <= 0)
        {
            format = format with { DurationMicros = UnknownDurationMicros };
        }
        var track = new LibraryTrack(
            "", file.Folder.Root, file.Path, file.SizeBytes, file.ModifiedMicros, PathNames.Complete(bare, file.Path), format,
            picture.Length > 0 ? new TrackCover(CoverSource.Embedded, picture) : TrackCover.None,
            reason.Length > 0 ? TrackState.Unreadable : TrackState.Playable, reason, 0);
        var before = kept;
        moved = false;
        if (before is null && reason.Length == 0)
        {
            before = plan.Moves.Take(track);
            moved = before is not null;
        }
        return track with
        {
            Id = before?.Id ?? plan.NewId(file),
            AddedMicros = before is { AddedMicros: > 0 } ? before.AddedMicros : MusicFolderWalk.Micros(clock.GetUtcNow()),
        };
    }

    // One file must never stop a scan, whatever the reader makes of it.
    private async Task<IReadOnlyList<FileReading>> ReadAsync(FoundFile[] files, CancellationToken ct)
    {
        var hopeless = Array.ConvertAll(files, Hopeless);
        try
        {
            var readings = new Queue<FileReading>(await reader.ReadAsync([.. files.Where((_, n) => hopeless[n] is null).Select(static file => file.FullPath)], ct));
            return Array.ConvertAll(hopeless, reading => reading ?? readings.Dequeue());
        }
        catch (Exception error) when (error is not OperationCanceledException and not Ffmpeg.ToolMissingException)
        {
            LogReadingFailed(error, files[0].Path);
            return Array.ConvertAll(files, FileReading (_) => new FileReading.Unreadable(error.Message));
        }
    }

    // What need not be opened to know that it cannot be read.
    private static FileReading? Hopeless(FoundFile file) =>
        file.Path.Contains('\uFFFD') && !File.Exists(file.FullPath) ? new FileReading.Unreadable("its name is not UTF-8")
        : file.SizeBytes > 0 ? null
        : new FileReading.Unreadable(new FileInfo(file.FullPath).LinkTarget is null ? "the file is empty" : "the link leads to nothing");

    private async Task<int> MarkMissingAsync(ScanPlan plan, Touched touched, CancellationToken ct)
    {
        foreach (var chunk in plan.Moves.Gone.Where(file => file.State is not TrackState.Missing).Chunk(BatchSize))
        {
            var tracks = await store.LoadAsync([.. chunk.Select(file => file.Id)], ct);
            touched.Add(await store.SaveAsync([.. tracks.Select(track => track with { State = TrackState.Missing })], ct));
        }
        return plan.Moves.Gone.Count;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Passed over {Path}: {Reason}")]
    private partial void LogUnreadable(string path, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Reading the tags of {Path} failed")]
    private partial void LogReadingFailed(Exception error, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Passed over the folder {Folder}")]
    private partial void LogFolderUnreadable(string folder, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Passed over the picture {Path}: {Reason}")]
    private partial void LogPictureUnreadable(string path, string reason);
}
