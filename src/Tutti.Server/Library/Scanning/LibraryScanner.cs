using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Tutti.Server.Library.Reading;

namespace Tutti.Server.Library.Scanning;

/// <summary>
/// Brings the kept library into line with the folders, in five phases: walk, read, group, covers, tidy. Files of the same size and time of
/// change are not opened again; one that can't be read is kept with the reason; one that is gone is marked missing and comes back with its id;
/// one that was moved or tagged anew keeps its id (<see cref="MoveMatch"/>). A folder that is not there changes nothing about its tracks.
/// </summary>
public sealed partial class LibraryScanner(
    IScanStore store, ITagReader reader, CoverCleaning cleaning, IOptions<LibraryOptions> options, TimeProvider clock, ILogger<LibraryScanner> logger)
{
    private const int BatchSize = 200;

    // Until the decoder has counted: rooms need some end, and the true one is known seconds after the start.
    private const long UnknownDurationMicros = 600_000_000;

    /// <summary>Scans once. Shows progress from any thread.</summary>
    public async Task<ScanProgress> ScanAsync(IReadOnlyList<MusicFolder> folders, Action<ScanProgress> show, CancellationToken ct)
    {
        var board = new ScanBoard(show);
        board.Enter(ScanPhase.Finding);
        var pictures = new List<FolderPicture>();
        var present = new List<MusicFolder>();
        var found = Walk(folders, present, pictures, board, ct);

        var known = await store.KnownAsync(ct);
        var work = ScanPlan.Of(found, known, present, folders);
        board.Enter(ScanPhase.Reading, found.Count);
        var touched = await ReadAsync(work, found, board, ct);
        var missing = await MarkMissingAsync(work, touched, ct);

        board.Enter(ScanPhase.Grouping, touched.Count);
        await store.GroupAsync(touched, board.Done, ct);

        board.Enter(ScanPhase.Covers);
        var changed = touched.Count > 0;
        changed |= await new FolderCovers(store, LogPictureUnreadable).RunAsync(pictures, present, changed, board, ct);

        board.Enter(ScanPhase.Tidying);
        if (changed || work.FoldersChanged)
        {
            await store.FoldersAsync(folders, ct);
            await cleaning.RunAsync(ct);
        }
        return board.End(missing);
    }

    private List<FoundFile> Walk(IReadOnlyList<MusicFolder> folders, List<MusicFolder> present, List<FolderPicture> pictures, ScanBoard board, CancellationToken ct)
    {
        var found = new List<FoundFile>();
        foreach (var folder in folders)
        {
            if (!Directory.Exists(folder.Root))
            {
                if (!folder.Own)
                {
                    board.Trouble($"the music folder {folder.Root} is not there");
                }
                continue;
            }
            present.Add(folder);
            foreach (var file in new MusicFolderWalk(LogFolderUnreadable).Files(folder, pictures))
            {
                ct.ThrowIfCancellationRequested();
                found.Add(file);
                board.Found(found.Count);
            }
        }
        return found;
    }

    private async Task<Touched> ReadAsync(ScanPlan plan, List<FoundFile> found, ScanBoard board, CancellationToken ct)
    {
        var touched = new Touched();
        // Bounded: readers wait for the writer rather than pile up what they read.
        var results = Channel.CreateBounded<(FoundFile File, KnownFile? Kept, FileReading Reading)>(
            new BoundedChannelOptions(BatchSize) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var wanted = found.Where(file => !ScanPlan.IsStillRight(plan.At(file), file)).ToList();
        board.Unchanged(found.Count - wanted.Count);
        var readers = ReadFilesAsync(plan, wanted, results.Writer, stop.Token);
        try
        {
            var batch = new List<LibraryTrack>(BatchSize);
            await foreach (var (file, kept, reading) in results.Reader.ReadAllAsync(ct))
            {
                batch.Add(Judge(plan, file, kept, reading, out var moved));
                board.Opened(reading is FileReading.Unreadable, moved);
                if (batch.Count == BatchSize)
                {
                    touched.Add(await store.SaveAsync(batch, ct));
                    batch.Clear();
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
            touched.Add(await store.SaveAsync([.. tracks.Select(track => track with { State = TrackState.Playable })], ct));
        }
        return touched;
    }

    private async Task ReadFilesAsync(
        ScanPlan plan, List<FoundFile> wanted, ChannelWriter<(FoundFile, KnownFile?, FileReading)> results, CancellationToken ct)
    {
        try
        {
            await Parallel.ForEachAsync(
                wanted,
                new ParallelOptions { MaxDegreeOfParallelism = options.Value.ScanParallelism, CancellationToken = ct },
                async (file, stop) => await results.WriteAsync((file, plan.At(file), await ReadAsync(file, stop)), stop));
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
    private async Task<FileReading> ReadAsync(FoundFile file, CancellationToken ct)
    {
        if (file.SizeBytes == 0)
        {
            return new FileReading.Unreadable("the file is empty");
        }
        try
        {
            return await reader.ReadAsync(file.FullPath, ct);
        }
        catch (Exception error) when (error is not OperationCanceledException and not Ffmpeg.ToolMissingException)
        {
            LogReadingFailed(error, file.Path);
            return new FileReading.Unreadable(error.Message);
        }
    }

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
