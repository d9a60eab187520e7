namespace Tutti.Server.Library.Uploads;

/// <summary>A file on its way in.</summary>
/// <param name="Id">32 hexadecimal digits.</param>
/// <param name="Owner">The account whose it is; empty: nobody's in particular.</param>
/// <param name="Name">As it came.</param>
/// <param name="ModifiedMs">When the sender's file was last changed, ms since the Unix epoch: tells it from another of the same name and size; null: not told.</param>
/// <param name="ReceivedBytes">What has arrived for good; sending goes on from there.</param>
/// <param name="Path">Place among the uploads, once accepted.</param>
/// <param name="Reason">Why it was refused.</param>
public sealed record Upload(string Id, string Owner, string Name, long SizeBytes, long? ModifiedMs, long ReceivedBytes, UploadState State, string Path = "", string Reason = "");

/// <summary>Who uploads, or looks after uploads.</summary>
/// <param name="Administrates">May do with others' what they may.</param>
public readonly record struct Uploader(string AccountId, bool Administrates)
{
    public bool Has(string? owner) => owner == AccountId || Administrates;
}

/// <summary>How far an upload is.</summary>
public enum UploadState
{
    /// <summary>Bytes are missing.</summary>
    Receiving,

    /// <summary>It is being decoded.</summary>
    Checking,

    /// <summary>It is in the library, or will be after the scan that has been asked for.</summary>
    Accepted,

    /// <summary>It is no music, and gone.</summary>
    Refused,
}

/// <summary>What came of a wish. Closed.</summary>
public abstract record UploadOutcome
{
    private UploadOutcome()
    {
    }

    public sealed record Done(Upload Upload) : UploadOutcome;

    public sealed record NotFound : UploadOutcome;

    /// <summary>The file is larger than allowed.</summary>
    public sealed record TooLarge(long MaxBytes) : UploadOutcome;

    /// <summary>There is no room for it.</summary>
    public sealed record QuotaFull(long FreeBytes) : UploadOutcome;

    /// <summary>The account has no room for it.</summary>
    public sealed record AccountQuotaFull(long FreeBytes, long QuotaBytes) : UploadOutcome;

    /// <summary>The account has as many under way as it may.</summary>
    public sealed record TooManyUnderWay(int Most) : UploadOutcome;

    /// <summary>By its name, or by what is in it, no music.</summary>
    public sealed record NotMusic(string Reason) : UploadOutcome;

    /// <summary>The bytes that came go somewhere else, or others are being received.</summary>
    public sealed record WrongOffset(long ReceivedBytes) : UploadOutcome;
}

/// <summary>What came of the wish to remove an uploaded file.</summary>
public enum UploadRemoval
{
    Removed,

    /// <summary>There is no such track.</summary>
    NotFound,

    /// <summary>It lies in a music folder, which is only ever read.</summary>
    NotUploaded,

    /// <summary>Somebody else uploaded it.</summary>
    NotOwn,
}
