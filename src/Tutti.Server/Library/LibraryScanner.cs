using Microsoft.Extensions.Options;

namespace Tutti.Server.Library;

/// <summary>
/// Brings the kept library into line with the folder. Files of the same size and time of change are not opened again; one that can't be
/// read is kept with the reason; one that is gone is marked missing and comes back with its id. A file that was moved keeps its id when
/// size, time of change and tags are the same and its old place is empty.
/// </summary>
public sealed partial class LibraryScanner(
    ITrackStore store, IAudioProbe probe, IOptions<LibraryOptions> options, ILogger<LibraryScanner> logger)
{
    private const int BatchSize = 50;

    // Until the decoder has counted: rooms need some end, and the true one is known seconds after the start.
    private const long UnknownDurationMicros = 600_000_000;

    /// <summary>Scans once. Reports progress from any thread, in no strict order.</summary>
    /// <exception cref="DirectoryNotFoundException">The music folder is not there; nothing is marked missing then.</exception>
    public async Task<ScanProgress> ScanAsync(string folder, Action<ScanProgress> report, CancellationToken ct)
    {
        var root = new DirectoryInfo(folder);
        if (!root.Exists)
        {
            throw new DirectoryNotFoundException($"the music folder {folder} is not there");
        }
        var tally = new ScanTally(report);
        var found = new List<FoundFile>();
        foreach (var file in new MusicFolderWalk(LogFolderUnreadable).Files(root))
        {
            ct.ThrowIfCancellationRequested();
            found.Add(file);
            tally.Found(found.Count);
        }

        var known = await store.AllAsync(folder, ct);
        var places = new KnownPlaces(known, found.Select(file => file.Path));
        tally.Reading();
        var batch = new TrackBatch(store, BatchSize);
        await Parallel.ForEachAsync(
            found,
            new ParallelOptions { MaxDegreeOfParallelism = options.Value.ScanParallelism, CancellationToken = ct },
            async (file, stop) =>
            {
                var track = await LookAsync(folder, file, places, stop);
                if (track is not null)
                {
                    await batch.AddAsync(track, stop);
                }
                tally.Looked((track ?? places.At(file.Path))?.State is TrackState.Unreadable);
            });
        await batch.FlushAsync(ct);

        var missing = places.Gone();
        await store.SaveAsync([.. missing.Where(track => track.State != TrackState.Missing).Select(track => track with { State = TrackState.Missing })], ct);
        return tally.End(missing.Count);
    }

    // Null when what is kept is still right.
    private async Task<LibraryTrack?> LookAsync(string folder, FoundFile file, KnownPlaces places, CancellationToken ct)
    {
        var kept = places.At(file.Path);
        long size;
        long modified;
        try
        {
            size = file.Info.Length;
            modified = ModifiedMicros(file.Info);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Unreadable(kept, folder, file, 0, 0, error.Message);
        }
        // What could not be read is tried again at each scan: the fault may have been the reader's or the disk's.
        if (kept is not null && kept.Reason.Length == 0 && kept.SizeBytes == size && kept.ModifiedMicros == modified)
        {
            return Refresh(kept, file);
        }
        if (size == 0)
        {
            return Unreadable(kept, folder, file, size, modified, "the file is empty");
        }

        switch (await ProbeAsync(file, ct))
        {
            case ProbeOutcome.Sound bare:
                var sound = PathNames.Complete(bare, file.Path);
                var moved = kept is null ? places.TakeMoved(size, modified, sound) : null;
                return new LibraryTrack(
                    kept?.Id ?? moved?.Id ?? places.NewId(file.Path), folder, file.Path, size, modified, sound.Title, sound.Artist, sound.Album,
                    sound.AlbumArtist, sound.DiscNumber, sound.TrackNumber, sound.Year,
                    sound.DurationMicros > 0 ? sound.DurationMicros : UnknownDurationMicros, sound.Channels,
                    sound.HasCover ? CoverSource.Embedded : BesideOrNone(file), TrackState.Playable, "");
            case ProbeOutcome.Unreadable unreadable:
                return Unreadable(kept, folder, file, size, modified, unreadable.Reason);
            default:
                throw new InvalidOperationException("an outcome that is none");
        }

        LibraryTrack Unreadable(LibraryTrack? before, string folder, FoundFile file, long size, long modified, string reason)
        {
            LogUnreadable(file.Path, reason);
            var names = PathNames.Complete(new ProbeOutcome.Sound(0, 0, "", "", "", "", null, null, null, false), file.Path);
            return new LibraryTrack(
                before?.Id ?? places.NewId(file.Path), folder, file.Path, size, modified, names.Title, names.Artist, names.Album, "", null,
                names.TrackNumber, null, 0, 0, CoverSource.None, TrackState.Unreadable, reason);
        }
    }

    // One file must never stop a scan, whatever the reader makes of it.
    private async Task<ProbeOutcome> ProbeAsync(FoundFile file, CancellationToken ct)
    {
        try
        {
            return await probe.ProbeAsync(file.Info.FullName, ct);
        }
        catch (Exception error) when (error is not OperationCanceledException and not Ffmpeg.ToolMissingException)
        {
            LogProbeFailed(error, file.Path);
            return new ProbeOutcome.Unreadable(error.Message);
        }
    }

    private static LibraryTrack? Refresh(LibraryTrack kept, FoundFile file)
    {
        var now = kept with
        {
            State = TrackState.Playable,
            Cover = kept.Cover is CoverSource.Embedded ? kept.Cover : BesideOrNone(file),
        };
        return now == kept ? null : now;
    }

    private static CoverSource BesideOrNone(FoundFile file) => file.FolderPicture is null ? CoverSource.None : CoverSource.Folder;

    private static long ModifiedMicros(FileInfo info) => (info.LastWriteTimeUtc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Passed over {Path}: {Reason}")]
    private partial void LogUnreadable(string path, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Reading the tags of {Path} failed")]
    private partial void LogProbeFailed(Exception error, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Passed over the folder {Folder}")]
    private partial void LogFolderUnreadable(string folder, Exception error);
}
