using Microsoft.Extensions.Options;

namespace Tutti.Server.Library.Uploads;

/// <summary>
/// How much room uploads take, in all and for each account. The folders say what is there, so that a file gives its room back however it is removed; the
/// database says only whose it is. What is under way counts whole from its announcement on.
/// </summary>
public sealed class UploadSpace(MusicLibrary library, IncomingFiles incoming, IUploadOwners owners, IOptions<UploadOptions> options)
{
    private const long Megabyte = 1 << 20;

    // Each is a file on the disk, however few bytes it is to have. A page sends two at a time.
    private const int MostUnderWay = 200;

    public long MaxFileBytes => options.Value.MaxFileMegabytes * Megabyte;

    /// <summary>Most that all uploads may take.</summary>
    public long QuotaBytes => options.Value.QuotaMegabytes * Megabyte;

    /// <summary>Most that the uploads of one account may take.</summary>
    public long AccountQuotaBytes => options.Value.AccountQuotaMegabytes * Megabyte;

    /// <summary>Bytes of all uploads.</summary>
    /// <param name="underWay">All that are.</param>
    public long UsedBytes(IReadOnlyList<Upload> underWay) =>
        underWay.Sum(upload => upload.SizeBytes)
        + (Directory.Exists(library.UploadFolder)
            ? new DirectoryInfo(library.UploadFolder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length)
            : 0);

    /// <summary>Bytes of an account's uploads.</summary>
    /// <param name="underWay">All that are, of whomever.</param>
    public async Task<long> UsedBytesAsync(string accountId, IReadOnlyList<Upload> underWay, CancellationToken ct) =>
        underWay.Where(upload => upload.Owner == accountId).Sum(upload => upload.SizeBytes)
        + (await owners.PathsAsync(accountId, ct)).Sum(path => new FileInfo(Path.Combine(library.UploadFolder, path)) is { Exists: true } file ? file.Length : 0);

    /// <summary>Null when an upload fits, else why not.</summary>
    public async Task<UploadOutcome?> RefusalAsync(string accountId, long sizeBytes, CancellationToken ct)
    {
        var underWay = incoming.All();
        if (underWay.Count(upload => upload.Owner == accountId) >= MostUnderWay)
        {
            return new UploadOutcome.TooManyUnderWay(MostUnderWay);
        }
        var own = Math.Max(AccountQuotaBytes - await UsedBytesAsync(accountId, underWay, ct), 0);
        if (sizeBytes > own)
        {
            return new UploadOutcome.AccountQuotaFull(own, AccountQuotaBytes);
        }
        var free = Math.Max(QuotaBytes - UsedBytes(underWay), 0);
        return sizeBytes > free ? new UploadOutcome.QuotaFull(free) : null;
    }
}

/// <summary>What is under way, and how much room there is, as one account sees it.</summary>
public sealed record UploadStanding(IReadOnlyList<Upload> UnderWay, long UsedBytes, long QuotaBytes, long AccountUsedBytes, long AccountQuotaBytes, long MaxFileBytes);
