namespace Tutti.Server.Media;

/// <summary>One decoder's way through a sound.</summary>
/// <param name="first">The segment that it begins with.</param>
/// <param name="limit">The first segment that is no longer its own.</param>
/// <param name="redirect">Cancelled when the decoder is needed elsewhere.</param>
internal sealed class CutRun(int first, int limit, CancellationTokenSource redirect)
{
    public int First { get; } = first;

    public int Limit => limit;

    /// <summary>The segment that comes out of it next; changed under the sound's lock.</summary>
    public int At { get; set; } = first;

    public bool IsRedirected { get; private set; }

    public void Redirect()
    {
        IsRedirected = true;
        // Off this thread: the sound's lock is held here, and ending a process takes a while.
        _ = redirect.CancelAsync();
    }
}
