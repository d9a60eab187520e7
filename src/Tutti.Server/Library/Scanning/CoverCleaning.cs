namespace Tutti.Server.Library.Scanning;

/// <summary>Throws away made-smaller covers that no track has any more.</summary>
public sealed class CoverCleaning(IScanStore store, CoverPictures covers)
{
    public async Task RunAsync(CancellationToken ct) => covers.Keep(await store.CoverHashesAsync(ct));
}
