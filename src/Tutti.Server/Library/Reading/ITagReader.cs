using Tutti.Server.Library.Tags;

namespace Tutti.Server.Library.Reading;

/// <summary>Reads tags and length of files; several calls at once are fine.</summary>
public interface ITagReader
{
    /// <summary>Reads one file. What is wrong with the file is an outcome, not an exception.</summary>
    /// <exception cref="Ffmpeg.ToolMissingException">What it reads with is not installed.</exception>
    Task<FileReading> ReadAsync(string path, CancellationToken ct);

    /// <summary>Reads some files, one after the other; the readings are in their order.</summary>
    /// <exception cref="Ffmpeg.ToolMissingException">What it reads with is not installed.</exception>
    async Task<IReadOnlyList<FileReading>> ReadAsync(IReadOnlyList<string> paths, CancellationToken ct)
    {
        var readings = new List<FileReading>(paths.Count);
        foreach (var path in paths)
        {
            readings.Add(await ReadAsync(path, ct));
        }
        return readings;
    }

    /// <summary>There are no more files for now: what waits for them may end.</summary>
    void Rest();
}

/// <summary>What a look into a file found. Closed.</summary>
public abstract record FileReading
{
    private FileReading()
    {
    }

    /// <summary>Sound.</summary>
    /// <param name="PictureHash">The name of the picture within; empty without one.</param>
    public sealed record Sound(SoundFormat Format, AudioTags Tags, string PictureHash) : FileReading;

    /// <summary>No sound that can be read.</summary>
    public sealed record Unreadable(string Reason) : FileReading;
}
