using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tutti.Server.Library.Uploads;

/// <summary>
/// What is under way, in <c>incoming</c> beside the folder that is scanned: for each upload what has arrived, and a description of the whole. It outlives
/// restarts, and so does the room that it keeps taken.
/// </summary>
public sealed class IncomingFiles(DataFolder data)
{
    private readonly string _folder = data.Within("incoming");

    /// <summary>Uploads that are under way.</summary>
    public IReadOnlyList<Upload> All() => Directory.Exists(_folder)
        ? [.. Directory.EnumerateFiles(_folder, "*.json").Select(file => Find(Path.GetFileNameWithoutExtension(file))).OfType<Upload>()]
        : [];

    /// <param name="id">From outside.</param>
    public Upload? Find(string id)
    {
        try
        {
            if (IsId(id) && JsonSerializer.Deserialize(File.ReadAllBytes(Description(id)), IncomingJson.Default.IncomingDescription) is { } about)
            {
                var received = new FileInfo(Content(id)) is { Exists: true } file ? file.Length : 0;
                return new Upload(
                    id, about.Owner, about.Name, about.SizeBytes, about.ModifiedMs, received, received == about.SizeBytes ? UploadState.Checking : UploadState.Receiving);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            // Gone meanwhile, or never whole: there is none.
        }
        return null;
    }

    /// <summary>Begins one, with nothing arrived.</summary>
    public async Task<Upload> AddAsync(string owner, string name, long sizeBytes, long? modifiedMs, CancellationToken ct)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        Directory.CreateDirectory(_folder);
        await File.WriteAllBytesAsync(Content(id), [], ct);
        var description = JsonSerializer.SerializeToUtf8Bytes(new IncomingDescription(name, sizeBytes, modifiedMs, owner), IncomingJson.Default.IncomingDescription);
        await File.WriteAllBytesAsync(Description(id), description, ct);
        return new Upload(id, owner, name, sizeBytes, modifiedMs, 0, UploadState.Receiving);
    }

    /// <summary>Where its bytes are.</summary>
    public string Content(string id) => Path.Combine(_folder, id + ".part");

    /// <summary>When something of it arrived last.</summary>
    public DateTime ChangedUtc(string id) => File.GetLastWriteTimeUtc(Content(id));

    public void Forget(string id)
    {
        File.Delete(Description(id));
        File.Delete(Content(id));
    }

    // Ids come from outside and become file names.
    private static bool IsId(string id) => id.Length == 32 && id.All(char.IsAsciiHexDigitLower);

    private string Description(string id) => Path.Combine(_folder, id + ".json");
}

/// <summary>What is kept of an upload beside its bytes.</summary>
/// <param name="Owner">An account's id; empty: nobody's in particular.</param>
internal sealed record IncomingDescription(string Name, long SizeBytes, long? ModifiedMs = null, string Owner = "");

[JsonSerializable(typeof(IncomingDescription))]
internal sealed partial class IncomingJson : JsonSerializerContext;
