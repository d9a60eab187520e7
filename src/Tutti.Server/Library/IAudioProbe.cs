namespace Tutti.Server.Library;

/// <summary>Reads tags and length of one file; the seam for faster readers.</summary>
public interface IAudioProbe
{
    /// <summary>Reads one file. What is wrong with the file is an outcome, not an exception.</summary>
    Task<ProbeOutcome> ProbeAsync(string path, CancellationToken ct);
}

/// <summary>What a look into a file found. Closed.</summary>
public abstract record ProbeOutcome
{
    private ProbeOutcome()
    {
    }

    /// <summary>Sound; absent tags are empty or null.</summary>
    /// <param name="DurationMicros">As the container says; 0 when it does not.</param>
    public sealed record Sound(
        long DurationMicros, int Channels, string Title, string Artist, string Album, string AlbumArtist,
        int? DiscNumber, int? TrackNumber, int? Year, bool HasCover) : ProbeOutcome;

    /// <summary>No sound that can be read.</summary>
    public sealed record Unreadable(string Reason) : ProbeOutcome;
}
