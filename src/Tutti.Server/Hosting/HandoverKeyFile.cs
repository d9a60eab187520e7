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
                folder.WritePrivate(FileName, RandomNumberGenerator.GetBytes(HandoverKey.Bytes), replace: false);
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
}
