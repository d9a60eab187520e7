using Tutti.TagReader;

namespace Tutti.Server.Library.Scanning;

/// <summary>Gives tracks without a picture of their own the one that lies beside them. Pictures are opened only when new or changed.</summary>
internal sealed class FolderCovers(IScanStore store, Action<string, string> onProblem)
{
    private const long MaxPictureBytes = 32 << 20;
    private const int ChunkSize = 200;

    /// <param name="scope">Where <paramref name="found"/> is all that there is.</param>
    /// <param name="tracksChanged">Whether tracks may have come to folders whose picture is known already.</param>
    /// <returns>Whether any track got another cover.</returns>
    public async Task<bool> RunAsync(
        IReadOnlyList<FolderPicture> found, IReadOnlyList<MusicFolder> present, ScanScope scope, bool tracksChanged, ScanBoard board, CancellationToken ct)
    {
        var known = (await store.PicturesAsync(ct)).ToDictionary(picture => (picture.Folder, picture.Directory));
        board.Enter(ScanPhase.Covers, found.Count);
        var roots = present.Select(folder => folder.Root).ToHashSet(StringComparer.Ordinal);
        var touched = new Touched();
        var done = 0;
        foreach (var chunk in found.Chunk(ChunkSize))
        {
            var right = new List<FolderPicture>();
            foreach (var picture in chunk)
            {
                known.Remove((picture.Folder, picture.Directory), out var kept);
                if (kept is null || kept with { Hash = "" } != picture)
                {
                    right.Add(await HashAsync(picture, ct));
                }
                else if (tracksChanged)
                {
                    right.Add(kept);
                }
            }
            touched.Add(await store.SavePicturesAsync(right, ct));
            board.Done(done += chunk.Length);
        }
        touched.Add(await store.SavePicturesAsync(
            [.. known.Values.Where(picture => roots.Contains(picture.Folder) && scope.Has(picture.Folder, picture.Directory)).Select(gone => gone with { File = "", Hash = "" })], ct));
        await store.GroupAsync(touched, static _ => { }, ct);
        return touched.Count > 0;
    }

    // A picture that cannot be opened is none, until it changes.
    private async Task<FolderPicture> HashAsync(FolderPicture picture, CancellationToken ct)
    {
        var path = Path.GetFullPath(Path.Combine(picture.Folder, picture.Directory, picture.File));
        try
        {
            if (picture.SizeBytes is 0 or > MaxPictureBytes)
            {
                onProblem(path, picture.SizeBytes == 0 ? "it is empty" : "it is too large");
                return picture;
            }
            return picture with { Hash = PictureHash.Of(await File.ReadAllBytesAsync(path, ct)) };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            onProblem(path, error.Message);
            return picture;
        }
    }
}
