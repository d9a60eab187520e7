using Dapper;
using Tutti.Server.Library.Uploads;

namespace Tutti.Server.Storage.Library;

/// <summary>Whose the uploads are, in the database.</summary>
public sealed class UploadOwnerStore(Database database) : IUploadOwners
{
    public async Task<IReadOnlyList<string>> PathsAsync(string accountId, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return (await connection.QueryAsync<string>("SELECT path FROM uploaded_files WHERE account_id = @accountId ORDER BY path;", new { accountId })).AsList();
    }

    public async Task<string?> OwnerAsync(string path, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await connection.QuerySingleOrDefaultAsync<string>("SELECT account_id FROM uploaded_files WHERE path = @path;", new { path });
    }

    public Task SaveAsync(string path, string accountId, CancellationToken ct) => ExecuteAsync(
        "INSERT INTO uploaded_files (path, account_id) VALUES (@path, @accountId) ON CONFLICT (path) DO UPDATE SET account_id = excluded.account_id;",
        new { path, accountId }, ct);

    public Task RemoveAsync(string path, CancellationToken ct) => ExecuteAsync("DELETE FROM uploaded_files WHERE path = @path;", new { path }, ct);

    public Task DisownAsync(string accountId, CancellationToken ct) =>
        ExecuteAsync("DELETE FROM uploaded_files WHERE account_id = @accountId;", new { accountId }, ct);

    private async Task ExecuteAsync(string sql, object values, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await connection.ExecuteAsync(sql, values);
    }
}
