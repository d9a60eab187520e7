namespace Tutti.Client.Rest;

/// <summary>What a caller names as one part of a path: an id, a room's code, a key.</summary>
internal static class PathPart
{
    /// <summary>
    /// The part as it stands in an address. Nothing, and the dots that lead up the path, would name something else than was meant: the queue instead of
    /// one item of it.
    /// </summary>
    /// <exception cref="ArgumentException">It names nothing.</exception>
    public static string Of(string named)
    {
        ArgumentNullException.ThrowIfNull(named);
        return string.IsNullOrWhiteSpace(named) || named is "." or ".." ? throw new ArgumentException($"“{named}” names nothing.") : Uri.EscapeDataString(named);
    }
}
