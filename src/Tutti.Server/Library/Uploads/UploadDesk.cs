using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Tutti.Server.Library.Reading;
using Tutti.Server.Library.Scanning;

namespace Tutti.Server.Library.Uploads;

/// <summary>
/// Takes files in, in pieces that may come over hours and restarts. What is incomplete lies apart from the folder that is scanned (<see cref="IncomingFiles"/>);
/// what was checked is moved there in one step. Nobody ever sees half a file.
/// </summary>
public sealed partial class UploadDesk(
    MusicLibrary library, IncomingFiles incoming, UploadSpace space, UploadCheck check, IUploadOwners owners, IOptions<UploadOptions> options, TimeProvider clock,
    ILogger<UploadDesk> logger)
    : IDisposable
{
    private const int MaxOutcomes = 1_000;
    private readonly ConcurrentDictionary<string, Turn> _busy = new();
    private readonly ConcurrentDictionary<string, Upload> _ended = new();

    // Whoever counts room, takes it or gives it back does so alone: of two files that fit one by one, one is refused.
    private readonly SemaphoreSlim _counting = new(1);

    public long MaxFileBytes => space.MaxFileBytes;

    /// <summary>What an account has under way, and how much room there is for it.</summary>
    public async Task<UploadStanding> StandingAsync(Uploader who, CancellationToken ct)
    {
        await _counting.WaitAsync(ct);
        try
        {
            ForgetOld();
            var underWay = incoming.All();
            return new UploadStanding(
                [.. underWay.Where(upload => upload.Owner == who.AccountId)], space.UsedBytes(underWay), space.QuotaBytes,
                await space.UsedBytesAsync(who.AccountId, underWay, ct),
                space.AccountQuotaBytes, space.MaxFileBytes);
        }
        finally
        {
            _counting.Release();
        }
    }

    /// <summary>One upload, under way or ended not long ago; null also when it is not for this one to see.</summary>
    public Upload? Find(string id, Uploader who) => Find(id) is { } upload && who.Has(upload.Owner) ? upload : null;

    /// <summary>Announces a file, and takes the room that it will need.</summary>
    /// <param name="modifiedMs">When the sender's file was last changed, ms since the Unix epoch; null: not told.</param>
    public async Task<UploadOutcome> OpenAsync(Uploader who, string name, long sizeBytes, long? modifiedMs, CancellationToken ct)
    {
        if (!MusicFolderWalk.IsMusic(name))
        {
            return new UploadOutcome.NotMusic($"{Path.GetExtension(name)} is not the ending of a music file");
        }
        if (sizeBytes < 1 || sizeBytes > MaxFileBytes)
        {
            return new UploadOutcome.TooLarge(MaxFileBytes);
        }
        await _counting.WaitAsync(ct);
        try
        {
            ForgetOld();
            return await space.RefusalAsync(who.AccountId, sizeBytes, ct) ?? new UploadOutcome.Done(await incoming.AddAsync(who.AccountId, name, sizeBytes, modifiedMs, ct));
        }
        finally
        {
            _counting.Release();
        }
    }

    /// <summary>Adds what <paramref name="bytes"/> gives; when that makes it whole, checks it and takes it in.</summary>
    /// <param name="offset">Where these bytes go: where the last ones ended.</param>
    public async Task<UploadOutcome> AddAsync(Uploader who, string id, long offset, Stream bytes, CancellationToken ct)
    {
        using var turn = new Turn();
        if (!_busy.TryAdd(id, turn))
        {
            return Find(id, who) is { } other ? new UploadOutcome.WrongOffset(other.ReceivedBytes) : new UploadOutcome.NotFound();
        }
        try
        {
            if (Find(id, who) is not { } upload)
            {
                return new UploadOutcome.NotFound();
            }
            if (upload.State is UploadState.Accepted or UploadState.Refused)
            {
                return offset == upload.SizeBytes ? Ended(upload) : new UploadOutcome.WrongOffset(upload.ReceivedBytes);
            }
            if (offset != upload.ReceivedBytes)
            {
                return new UploadOutcome.WrongOffset(upload.ReceivedBytes);
            }
            using var either = CancellationTokenSource.CreateLinkedTokenSource(turn.GivenUp, ct);
            var received = await AppendAsync(upload, bytes, either.Token);
            turn.GivenUp.ThrowIfCancellationRequested();
            upload = upload with { ReceivedBytes = received };
            if (received > upload.SizeBytes)
            {
                incoming.Forget(id);
                return new UploadOutcome.TooLarge(upload.SizeBytes);
            }
            return received == upload.SizeBytes ? Ended(await EndAsync(upload, either.Token)) : new UploadOutcome.Done(upload);
        }
        catch (OperationCanceledException) when (turn.GivenUp.IsCancellationRequested)
        {
            return new UploadOutcome.NotFound();
        }
        finally
        {
            _busy.TryRemove(id, out _);
            turn.End();
        }
    }

    public void Dispose() => _counting.Dispose();

    /// <summary>Gives an upload up, and its room free; what is being received of it, or checked, ends. False when it is unknown, or has ended.</summary>
    public async Task<bool> CancelAsync(string id, Uploader who, CancellationToken ct)
    {
        using var turn = new Turn();
        while (!_busy.TryAdd(id, turn))
        {
            if (Find(id, who) is not { State: UploadState.Receiving or UploadState.Checking })
            {
                return false;
            }
            if (_busy.TryGetValue(id, out var other))
            {
                other.GiveUp();
                await other.Ended.WaitAsync(ct);
            }
        }
        try
        {
            if (Find(id, who) is not { State: UploadState.Receiving or UploadState.Checking })
            {
                return false;
            }
            incoming.Forget(id);
            return true;
        }
        finally
        {
            _busy.TryRemove(id, out _);
            turn.End();
        }
    }

    /// <summary>Removes an accepted file from the folder of uploads; its track is missing from then on.</summary>
    public async Task<UploadRemoval> RemoveAsync(string trackId, Uploader who, CancellationToken ct)
    {
        if (await library.FindAsync(trackId, ct) is not { State: not TrackState.Missing } track)
        {
            return UploadRemoval.NotFound;
        }
        if (track.Folder != library.UploadFolder)
        {
            return UploadRemoval.NotUploaded;
        }
        if (!who.Has(await owners.OwnerAsync(track.Path, ct)))
        {
            return UploadRemoval.NotOwn;
        }
        await _counting.WaitAsync(ct);
        try
        {
            File.Delete(track.FullPath);
            RemoveEmpty(track.Directory);
            await owners.RemoveAsync(track.Path, CancellationToken.None);
        }
        finally
        {
            _counting.Release();
        }
        LogRemoved(track.Path, who.AccountId);
        library.Rescan(ScanScope.Nothing.With(library.UploadFolder, track.Path, isFile: true));
        return UploadRemoval.Removed;
    }

    /// <summary>An account has ended: what it has under way is given up, what was accepted stays as nobody's in particular.</summary>
    public async Task DisownAsync(string accountId, CancellationToken ct)
    {
        foreach (var upload in incoming.All().Where(upload => upload.Owner == accountId))
        {
            await CancelAsync(upload.Id, new Uploader(accountId, Administrates: false), ct);
        }
        await owners.DisownAsync(accountId, ct);
    }

    private static UploadOutcome Ended(Upload upload) => upload.State is UploadState.Refused ? new UploadOutcome.NotMusic(upload.Reason) : new UploadOutcome.Done(upload);

    private Upload? Find(string id) => _ended.TryGetValue(id, out var ended) ? ended : incoming.Find(id);

    // What arrived before a line broke is kept: the sender asks how far it came and goes on from there.
    private async Task<long> AppendAsync(Upload upload, Stream bytes, CancellationToken ct)
    {
        await using var file = new FileStream(incoming.Content(upload.Id), FileMode.Append, FileAccess.Write, FileShare.Read, 1 << 16, FileOptions.Asynchronous);
        var buffer = new byte[1 << 16];
        int read;
        while (file.Length <= upload.SizeBytes && (read = await ReadAsync()) > 0)
        {
            await file.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None);
        }
        await file.FlushAsync(CancellationToken.None);
        return file.Length;

        // A disk that fails is another matter: the sender must hear of it, or would send the same for ever.
        async ValueTask<int> ReadAsync()
        {
            try
            {
                return await bytes.ReadAsync(buffer, ct);
            }
            catch (Exception error) when (error is IOException or OperationCanceledException)
            {
                LogBroken(upload.Id, error.Message);
                return 0;
            }
        }
    }

    private async Task<Upload> EndAsync(Upload upload, CancellationToken ct)
    {
        var reading = await check.RunAsync(incoming.Content(upload.Id), ct);
        // From here on nothing is called off: the file is moved and known as whose it is, or neither.
        await _counting.WaitAsync(CancellationToken.None);
        Upload ended;
        try
        {
            ended = reading switch
            {
                FileReading.Sound sound => upload with { State = UploadState.Accepted, Path = await TakeInAsync(upload, sound) },
                FileReading.Unreadable(var reason) => upload with { State = UploadState.Refused, Reason = reason },
                _ => throw new InvalidOperationException("an outcome that is none"),
            };
            incoming.Forget(upload.Id);
        }
        finally
        {
            _counting.Release();
        }
        if (_ended.Count >= MaxOutcomes)
        {
            _ended.Clear();
        }
        _ended[upload.Id] = ended;
        LogEnded(upload.Name, ended.State, ended.State is UploadState.Accepted ? ended.Path : ended.Reason);
        if (ended.State is UploadState.Accepted)
        {
            library.Rescan(ScanScope.Nothing.With(library.UploadFolder, ended.Path, isFile: true));
        }
        return ended;
    }

    // In one step, and never over a file that is there. Whose it is is kept before it moves: a crash in between leaves a place without a file, which counts nothing.
    private async Task<string> TakeInAsync(Upload upload, FileReading.Sound sound)
    {
        var artist = sound.Tags.AlbumArtist.Length > 0 ? sound.Tags.AlbumArtist : sound.Tags.Artist;
        var folder = $"{SafeNames.Of(artist, "Unknown artist")}/{SafeNames.Of(sound.Tags.Album, "Unknown album")}";
        var name = Path.GetFileNameWithoutExtension(SafeNames.OfFile(upload.Name, "Upload.x"));
        var ending = UploadTypes.Ending(sound.Format.Codec, Path.GetExtension(upload.Name));
        Directory.CreateDirectory(Path.Combine(library.UploadFolder, folder));
        for (var n = 1; ; n++)
        {
            var path = $"{folder}/{(n == 1 ? name : $"{name} ({n})")}{ending}";
            var full = Path.Combine(library.UploadFolder, path);
            if (File.Exists(full))
            {
                continue;
            }
            await owners.SaveAsync(path, upload.Owner, CancellationToken.None);
            try
            {
                File.Move(incoming.Content(upload.Id), full, overwrite: false);
                return path;
            }
            catch (IOException) when (File.Exists(full))
            {
                // Somebody put a file there this very moment: it is theirs, and the next number is free.
                await owners.RemoveAsync(path, CancellationToken.None);
            }
        }
    }

    private void RemoveEmpty(string directory)
    {
        for (var at = directory; at.Length > 0; at = LibraryTrack.DirectoryOf(at))
        {
            var folder = new DirectoryInfo(Path.Combine(library.UploadFolder, at));
            if (!folder.Exists || folder.EnumerateFileSystemInfos().Any())
            {
                return;
            }
            folder.Delete();
        }
    }

    private void ForgetOld()
    {
        var oldest = clock.GetUtcNow().UtcDateTime - TimeSpan.FromHours(options.Value.IncompleteHours);
        foreach (var upload in incoming.All().Where(upload => !_busy.ContainsKey(upload.Id) && incoming.ChangedUtc(upload.Id) < oldest))
        {
            incoming.Forget(upload.Id);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Upload of {Name}: {State}, {What}")]
    private partial void LogEnded(string name, UploadState state, string what);

    [LoggerMessage(Level = LogLevel.Information, Message = "Uploaded file {Path} removed by account {Account}")]
    private partial void LogRemoved(string path, string account);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Upload {Id} broke off: {Reason}")]
    private partial void LogBroken(string id, string reason);

    /// <summary>Somebody is at work on an upload, alone, until it is ended or given up.</summary>
    private sealed class Turn : IDisposable
    {
        private readonly CancellationTokenSource _givenUp = new();
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public CancellationToken GivenUp => _givenUp.Token;

        public Task Ended => _ended.Task;

        public void GiveUp()
        {
            try
            {
                _givenUp.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It has ended this very moment.
            }
        }

        public void End() => _ended.TrySetResult();

        public void Dispose() => _givenUp.Dispose();
    }
}
