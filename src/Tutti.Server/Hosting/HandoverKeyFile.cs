using System.Security.Cryptography;
using Tutti.Server.Rooms;

namespace Tutti.Server.Hosting;

/// <summary>The key that seals room states, in the data folder: made at first start, readable by this user alone.</summary>
public static class HandoverKeyFile
{
    public const string FileName = "handover.key";

    /// <summary>Reads the key, or makes it.</summary>
    /// <exception cref="DataFolderException">The folder cannot be written, or the file is not a key.</exception>
    public static HandoverKey ReadOrCreate(DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var path = folder.Within(FileName);
        try
        {
            if (!File.Exists(path))
            {
                Create(path);
            }

            var secret = File.ReadAllBytes(path);
            return secret.Length == HandoverKey.Bytes
                ? new HandoverKey(secret)
                : throw new DataFolderException($"{path} is damaged: {secret.Length} bytes rather than {HandoverKey.Bytes}. Delete it, and a new one is made.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataFolderException($"the data folder {folder.Path} cannot be used ({error.Message}); choose another with --data.", error);
        }
    }

    // Written whole under another name first: a start that is cut off leaves no half a key.
    private static void Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = $"{path}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(draft, options))
        {
            file.Write(RandomNumberGenerator.GetBytes(HandoverKey.Bytes));
        }

        File.Move(draft, path, overwrite: false);
    }
}

/// <summary>The data folder cannot be used; the message says why and what to do.</summary>
public sealed class DataFolderException(string message, Exception? inner = null) : Exception(message, inner);
