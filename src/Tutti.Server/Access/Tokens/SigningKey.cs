using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tutti.Server.Access.Tokens;

/// <summary>A key on the curve P-256 that signs tokens (ES256, RFC 7518 §3.4).</summary>
/// <param name="Id">The <c>kid</c> of tokens that it signed.</param>
/// <param name="Pkcs8">The private key.</param>
internal sealed record SigningKey(string Id, UtcMicros CreatedAt, ImmutableArray<byte> Pkcs8)
{
    public static SigningKey New(UtcMicros now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new SigningKey(Randoms.Id()[..8], now, [.. key.ExportPkcs8PrivateKey()]);
    }

    /// <summary>Keeps the key out of logs.</summary>
    public override string ToString() => $"key {Id}";
}

/// <summary>
/// The keys in the data folder, newest first, readable by this user alone. Made at first start; from then on a new one whenever the newest is old enough,
/// and those are dropped that nothing unexpired was signed with.
/// </summary>
internal static class SigningKeyFile
{
    public const string FileName = "signing-keys.json";

    /// <exception cref="DataFolderException">The folder cannot be used, or the file is damaged.</exception>
    public static (string Issuer, ImmutableArray<SigningKey> Keys) ReadAndRotate(DataFolder folder, UtcMicros now, TimeSpan renewAfter, TimeSpan longestLife)
    {
        try
        {
            return ReadAndRotate(folder, folder.Within(FileName), now, renewAfter, longestLife);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataFolderException($"the data folder {folder.Path} cannot be used ({error.Message}); choose another with --data.", error);
        }
    }

    /// <summary>The keys as they are to be from now on.</summary>
    internal static ImmutableArray<SigningKey> Rotate(ImmutableArray<SigningKey> keys, UtcMicros now, TimeSpan renewAfter, TimeSpan longestLife)
    {
        var inOrder = keys.OrderByDescending(static key => key.CreatedAt).ToList();
        if (inOrder.Count == 0 || inOrder[0].CreatedAt + renewAfter <= now)
        {
            inOrder.Insert(0, SigningKey.New(now));
        }

        // A key signs until its successor is made; what it signed last lives for longestLife after that.
        return [.. inOrder.Where((_, index) => index == 0 || inOrder[index - 1].CreatedAt + longestLife > now)];
    }

    private static (string Issuer, ImmutableArray<SigningKey> Keys) ReadAndRotate(
        DataFolder folder, string path, UtcMicros now, TimeSpan renewAfter, TimeSpan longestLife)
    {
        var file = File.Exists(path) ? Read(path) : new KeyFile($"tutti:{Randoms.Id()}", []);
        var keys = Rotate([.. file.Keys.Select(static key => new SigningKey(key.Id, new UtcMicros(key.CreatedMicros), [.. key.Pkcs8]))], now, renewAfter, longestLife);
        if (keys.Length != file.Keys.Count || keys[0].Id != file.Keys[0].Id)
        {
            var written = new KeyFile(file.Issuer, [.. keys.Select(static key => new StoredKey(key.Id, key.CreatedAt.Value, [.. key.Pkcs8]))]);
            folder.WritePrivate(FileName, JsonSerializer.SerializeToUtf8Bytes(written, SigningKeyJson.Default.KeyFile), replace: true);
        }

        return (file.Issuer, keys);
    }

    private static KeyFile Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), SigningKeyJson.Default.KeyFile) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new DataFolderException($"{path} is damaged. Delete it, and new keys are made; apps and scripts then have to sign in again.");
        }
    }
}

internal sealed record KeyFile(string Issuer, IReadOnlyList<StoredKey> Keys);

internal sealed record StoredKey(string Id, long CreatedMicros, byte[] Pkcs8);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(KeyFile))]
internal sealed partial class SigningKeyJson : JsonSerializerContext;
