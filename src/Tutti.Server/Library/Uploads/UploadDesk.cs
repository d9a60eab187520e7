using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Tutti.Server.Library.Reading;
using Tutti.Server.Library.Scanning;

namespace Tutti.Server.Library.Uploads;

/// <summary>
/// Takes files in, in pieces that may come over hours and restarts. What is incomplete lies in <c>incoming</c> beside the folder that is scanned;
/// what was checked is moved there in one step. Nobody ever sees half a file.
/// </summary>
public sealed partial class UploadDesk(
    MusicLibrary library, UploadCheck check, IOptions<UploadOptions> options, DataFolder data, TimeProvider clock, ILogger<UploadDesk> logger)
    : IDisposable
{
    private const long Megabyte = 1 << 20;
    private const int MaxOutcomes = 1_000;
    private readonly string _incoming = data.Within("incoming");
    private readonly ConcurrentDictionary<string, bool> _busy = new();
    private readonly ConcurrentDictionary<string, Upload> _ended = new();
    private readonly SemaphoreSlim _opening = new(1);

    public long MaxFileBytes => options.Value.MaxFileMegabytes * Megabyte;

    public long QuotaBytes => options.Value.QuotaMegabytes * Megabyte;

    /// <summary>Bytes of all uploads, those under way counted whole.</summary>
    public long UsedBytes() => Directory.Exists(library.UploadFolder)
        ? new DirectoryInfo(library.UploadFolder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) + Open().Sum(upload => upload.SizeBytes)
        : Open().Sum(upload => upload.SizeBytes);

    /// <summary>Uploads that are under way.</summary>
    public IReadOnlyList<Upload> Open() => Directory.Exists(_incoming)
        ? [.. Directory.EnumerateFiles(_incoming, "*.json").Select(file => Find(Path.GetFileNameWithoutExtension(file))).OfType<Upload>()]
        : [];

    /// <summary>One upload, under way or ended not long ago.</summary>
    public Upload? Find(string id)
    {
        if (_ended.TryGetValue(id, out var ended))
        {
            return ended;
        }
        try
        {
            if (IsId(id) && JsonSerializer.Deserialize(File.ReadAllBytes(Description(id)), UploadJson.Default.UploadDescription) is { } about)
            {
                var received = new FileInfo(Content(id)) is { Exists: true } file ? file.Length : 0;
                return new Upload(id, about.Name, about.SizeBytes, about.ModifiedMs, received, received == about.SizeBytes ? UploadState.Checking : UploadState.Receiving);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            // Gone meanwhile, or never whole: there is none.
        }
        return null;
    }

    /// <summary>Announces a file.</summary>
    /// <param name="modifiedMs">When the sender's file was last changed, ms since the Unix epoch; null: not told.</param>
    public async Task<UploadOutcome> OpenAsync(string name, long sizeBytes, long? modifiedMs, CancellationToken ct)
    {
        if (!Scanning.MusicFolderWalk.IsMusic(name))
        {
            return new UploadOutcome.NotMusic($"{Path.GetExtension(name)} is not the ending of a music file");
        }
        if (sizeBytes < 1 || sizeBytes > MaxFileBytes)
        {
            return new UploadOutcome.TooLarge(MaxFileBytes);
        }
        await _opening.WaitAsync(ct);
        try
        {
            ForgetOld();
            var free = QuotaBytes - UsedBytes();
            if (sizeBytes > free)
            {
                return new UploadOutcome.QuotaFull(Math.Max(free, 0));
            }
            var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            Directory.CreateDirectory(_incoming);
            await File.WriteAllBytesAsync(Content(id), [], ct);
            await File.WriteAllBytesAsync(Description(id), JsonSerializer.SerializeToUtf8Bytes(new UploadDescription(name, sizeBytes, modifiedMs), UploadJson.Default.UploadDescription), ct);
            return new UploadOutcome.Done(new Upload(id, name, sizeBytes, modifiedMs, 0, UploadState.Receiving));
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>Adds what <paramref name="bytes"/> gives; when that makes it whole, checks it and takes it in.</summary>
    /// <param name="offset">Where these bytes go: where the last ones ended.</param>
    public async Task<UploadOutcome> AddAsync(string id, long offset, Stream bytes, CancellationToken ct)
    {
        if (!_busy.TryAdd(id, true))
        {
            return Find(id) is { } other ? new UploadOutcome.WrongOffset(other.ReceivedBytes) : new UploadOutcome.NotFound();
        }
        try
        {
            if (Find(id) is not { } upload)
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
            var received = await AppendAsync(upload, bytes, ct);
            upload = upload with { ReceivedBytes = received };
            if (received > upload.SizeBytes)
            {
                Forget(id);
                return new UploadOutcome.TooLarge(upload.SizeBytes);
            }
            return received == upload.SizeBytes ? Ended(await EndAsync(upload, ct)) : new UploadOutcome.Done(upload);
        }
        finally
        {
            _busy.TryRemove(id, out _);
        }
    }

    public void Dispose() => _opening.Dispose();

    /// <summary>Gives an upload up. False when it is unknown, or being received.</summary>
    public bool Cancel(string id)
    {
        if (Find(id) is not { State: UploadState.Receiving } || !_busy.TryAdd(id, true))
        {
            return false;
        }
        Forget(id);
        _busy.TryRemove(id, out _);
        return true;
    }

    private static UploadOutcome Ended(Upload upload) => upload.State is UploadState.Refused ? new UploadOutcome.NotMusic(upload.Reason) : new UploadOutcome.Done(upload);

    // What arrived before a line broke is kept: the sender asks how far it came and goes on from there.
    private async Task<long> AppendAsync(Upload upload, Stream bytes, CancellationToken ct)
    {
        await using var file = new FileStream(Content(upload.Id), FileMode.Append, FileAccess.Write, FileShare.Read, 1 << 16, FileOptions.Asynchronous);
        var buffer = new byte[1 << 16];
        try
        {
            int read;
            while (file.Length <= upload.SizeBytes && (read = await bytes.ReadAsync(buffer, ct)) > 0)
            {
                await file.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None);
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            LogBroken(upload.Id, error.Message);
        }
        await file.FlushAsync(CancellationToken.None);
        return file.Length;
    }

    private async Task<Upload> EndAsync(Upload upload, CancellationToken ct)
    {
        var reading = await check.RunAsync(Content(upload.Id), ct);
        var ended = reading switch
        {
            FileReading.Sound sound => upload with { State = UploadState.Accepted, Path = TakeIn(upload, sound) },
            FileReading.Unreadable(var reason) => upload with { State = UploadState.Refused, Reason = reason },
            _ => throw new InvalidOperationException("an outcome that is none"),
        };
        if (_ended.Count >= MaxOutcomes)
        {
            _ended.Clear();
        }
        _ended[upload.Id] = ended;
        Forget(upload.Id);
        LogEnded(upload.Name, ended.State, ended.State is UploadState.Accepted ? ended.Path : ended.Reason);
        if (ended.State is UploadState.Accepted)
        {
            library.Rescan(ScanScope.Nothing.With(library.UploadFolder, ended.Path, isFile: true));
        }
        return ended;
    }

    // In one step, and never over a file that is there.
    private string TakeIn(Upload upload, FileReading.Sound sound)
    {
        var artist = sound.Tags.AlbumArtist.Length > 0 ? sound.Tags.AlbumArtist : sound.Tags.Artist;
        var folder = Path.Combine(SafeNames.Of(artist, "Unknown artist"), SafeNames.Of(sound.Tags.Album, "Unknown album"));
        var name = Path.GetFileNameWithoutExtension(SafeNames.OfFile(upload.Name, "Upload.x"));
        var ending = UploadTypes.Ending(sound.Format.Codec, Path.GetExtension(upload.Name));
        Directory.CreateDirectory(Path.Combine(library.UploadFolder, folder));
        for (var n = 1; ; n++)
        {
            var path = Path.Combine(folder, n == 1 ? name + ending : $"{name} ({n}){ending}");
            try
            {
                File.Move(Content(upload.Id), Path.Combine(library.UploadFolder, path), overwrite: false);
                return path.Replace(Path.DirectorySeparatorChar, '/');
            }
            catch (IOException) when (File.Exists(Path.Combine(library.UploadFolder, path)))
            {
                // Taken: the next number.
            }
        }
    }

    private void ForgetOld()
    {
        var oldest = clock.GetUtcNow().UtcDateTime - TimeSpan.FromHours(options.Value.IncompleteHours);
        foreach (var upload in Open().Where(upload => !_busy.ContainsKey(upload.Id) && File.GetLastWriteTimeUtc(Content(upload.Id)) < oldest))
        {
            Forget(upload.Id);
        }
    }

    private void Forget(string id)
    {
        File.Delete(Description(id));
        File.Delete(Content(id));
    }

    // Ids come from outside and become file names.
    private static bool IsId(string id) => id.Length == 32 && id.All(char.IsAsciiHexDigitLower);

    private string Content(string id) => Path.Combine(_incoming, id + ".part");

    private string Description(string id) => Path.Combine(_incoming, id + ".json");

    [LoggerMessage(Level = LogLevel.Information, Message = "Upload of {Name}: {State}, {What}")]
    private partial void LogEnded(string name, UploadState state, string what);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Upload {Id} broke off: {Reason}")]
    private partial void LogBroken(string id, string reason);
}

/// <summary>What is kept of an upload beside its bytes.</summary>
internal sealed record UploadDescription(string Name, long SizeBytes, long? ModifiedMs = null);

[System.Text.Json.Serialization.JsonSerializable(typeof(UploadDescription))]
internal sealed partial class UploadJson : System.Text.Json.Serialization.JsonSerializerContext;
