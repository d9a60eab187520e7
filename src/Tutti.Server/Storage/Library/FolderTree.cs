using Dapper;
using Tutti.Server.Library;
using Tutti.Server.Library.Grouping;

namespace Tutti.Server.Storage.Library;

/// <summary>Makes the tree of folders anew out of the places of all tracks that can be played.</summary>
internal sealed class FolderTree(Database database)
{
    public async Task RunAsync(IReadOnlyList<MusicFolder> folders, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var transaction = await database.BeginWriteAsync(connection, ct);
        var rows = await connection.QueryAsync<(string Root, string Directory, long Tracks)>(
            "SELECT folder, directory, count(*) FROM tracks WHERE state = 'Playable' GROUP BY folder, directory;", transaction: transaction);
        var counts = new Dictionary<(string Root, string Path), long>();
        foreach (var (root, directory, tracks) in rows)
        {
            for (var path = directory; ; path = LibraryTrack.DirectoryOf(path))
            {
                counts[(root, path)] = counts.GetValueOrDefault((root, path)) + tracks;
                if (path.Length == 0)
                {
                    break;
                }
            }
        }

        var names = folders.ToDictionary(folder => folder.Root, folder => folder.Name, StringComparer.Ordinal);
        await connection.ExecuteAsync("DELETE FROM folders;", transaction: transaction);
        await connection.ExecuteAsync(
            """
            INSERT INTO folders (id, parent_id, root, path, name, track_count, sort_key)
            VALUES (@id, @parent, @Root, @Path, @name, @count, @sortKey);
            """,
            counts.Where(entry => names.ContainsKey(entry.Key.Root)).Select(entry =>
            {
                var (root, path) = entry.Key;
                var name = path.Length == 0 ? names[root] : path[(path.LastIndexOf('/') + 1)..];
                return new
                {
                    id = LibraryIds.Folder(root, path),
                    parent = path.Length == 0 ? "" : LibraryIds.Folder(root, LibraryTrack.DirectoryOf(path)),
                    Root = root,
                    Path = path,
                    name,
                    count = entry.Value,
                    sortKey = FoldedText.Name(name),
                };
            }),
            transaction);
        await transaction.CommitAsync(ct);
    }
}
