using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tutti.Cli.Settings;

/// <summary>What is remembered between calls: the server signed in to last, and a token for each server. Readable by its owner alone.</summary>
internal sealed class CredentialStore(string folder)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _path = Path.Combine(folder, "credentials.json");

    /// <exception cref="UsageException">The file is there and is not ours.</exception>
    public Credentials Load()
    {
        try
        {
            using var file = File.OpenRead(_path);
            return JsonSerializer.Deserialize(file, CredentialJson.Default.Credentials) ?? Credentials.None;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Credentials.None;
        }
        catch (JsonException)
        {
            throw new UsageException($"{_path} is damaged; remove it and sign in again.");
        }
    }

    /// <summary>Replaces the file whole: another process reads the old one or the new one.</summary>
    public void Save(Credentials credentials)
    {
        if (OperatingSystem.IsWindows())
        {
            // AppData is readable by its owner alone.
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        }

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            // From its first moment, not after.
            options.UnixCreateMode = OwnerOnly;
        }

        var fresh = $"{_path}.{Guid.NewGuid():N}";
        using (var file = new FileStream(fresh, options))
        {
            JsonSerializer.Serialize(file, credentials, CredentialJson.Default.Credentials);
        }

        File.Move(fresh, _path, overwrite: true);
    }
}

/// <param name="Server">The server signed in to last; null: none.</param>
/// <param name="Tokens">Server → token.</param>
internal sealed record Credentials(Uri? Server, IReadOnlyDictionary<string, string> Tokens)
{
    public static Credentials None { get; } = new(null, new Dictionary<string, string>());

    public string? TokenFor(Uri server) => Tokens.GetValueOrDefault(Key(server));

    public Credentials With(Uri server, string token) => new(server, new Dictionary<string, string>(Tokens) { [Key(server)] = token });

    public Credentials Without(Uri server)
    {
        var rest = new Dictionary<string, string>(Tokens);
        rest.Remove(Key(server));
        return this with { Tokens = rest };
    }

    // A token is for one origin and path, whichever way it was typed.
    private static string Key(Uri server) => server.GetLeftPart(UriPartial.Path).TrimEnd('/');
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Credentials))]
internal sealed partial class CredentialJson : JsonSerializerContext;
