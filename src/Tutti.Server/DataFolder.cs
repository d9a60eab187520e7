namespace Tutti.Server;

/// <summary>The folder that holds everything Tutti writes: database, cut segments, covers, demo pieces. Absolute.</summary>
public sealed record DataFolder
{
    public DataFolder(string path) => Path = System.IO.Path.GetFullPath(path);

    public string Path { get; }

    /// <summary>A file or folder within.</summary>
    public string Within(string name) => System.IO.Path.Combine(Path, name);
}
