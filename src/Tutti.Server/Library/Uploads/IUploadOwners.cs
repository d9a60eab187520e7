namespace Tutti.Server.Library.Uploads;

/// <summary>Port: whose the accepted uploads are.</summary>
public interface IUploadOwners
{
    /// <summary>The files of an account, as places within the folder of uploads; some of them may be gone.</summary>
    Task<IReadOnlyList<string>> PathsAsync(string accountId, CancellationToken ct);

    /// <summary>Whose a file is; null: nobody's in particular.</summary>
    Task<string?> OwnerAsync(string path, CancellationToken ct);

    /// <summary>A place is an account's from now on, whosever it was.</summary>
    Task SaveAsync(string path, string accountId, CancellationToken ct);

    /// <summary>A place is nobody's any more.</summary>
    Task RemoveAsync(string path, CancellationToken ct);

    /// <summary>The files of an account are nobody's in particular any more.</summary>
    Task DisownAsync(string accountId, CancellationToken ct);
}
