namespace Tutti.Server;

/// <summary>The folder that holds everything Tutti writes: database, keys, cut segments, covers, demo pieces. Absolute.</summary>
public sealed record DataFolder
{
    public DataFolder(string path) => Path = System.IO.Path.GetFullPath(path);

    public string Path { get; }

    /// <summary>A file or folder within.</summary>
    public string Within(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file that this user alone may read. Whole under another name first: a start that is cut off leaves no half of it.</summary>
    /// <param name="replace">False when there must be none of this name yet.</param>
    /// <exception cref="IOException">The folder cannot be used, or there is such a file and it is not to be replaced.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be used.</exception>
    public void WritePrivate(string name, ReadOnlySpan<byte> bytes, bool replace)
    {
        Directory.CreateDirectory(Path);
        var draft = Within($"{name}.{Environment.ProcessId}");
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(draft, options))
        {
            file.Write(bytes);
        }

        File.Move(draft, Within(name), overwrite: replace);
    }
}

/// <summary>The data folder cannot be used; the message says why and what to do.</summary>
public sealed class DataFolderException(string message, Exception? inner = null) : Exception(message, inner);
