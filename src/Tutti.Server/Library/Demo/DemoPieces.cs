namespace Tutti.Server.Library.Demo;
public sealed class DemoPieces
{
    public Task EnsureAsync(string folder, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        return Task.CompletedTask;
    }
}
