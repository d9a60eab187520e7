using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Tutti.Server.Access;
using Tutti.Server.Access.Tokens;
using Tutti.Server.Tests.Rooms;

namespace Tutti.Server.Tests.Access;

/// <summary>Signed tokens: ours are read, everything else is refused; keys are made once, kept private and renewed.</summary>
public sealed class TokenTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly ManualTimeProvider _time = new();
    private readonly AccessOptions _options = new();
    private readonly TokenSigner _signer;

    public TokenTests() => _signer = Signer();

    public void Dispose() => _folder.Dispose();

    private UtcMicros Now => UtcMicros.Now(_time);

    [Fact]
    public void A_token_says_who_and_by_which_credential_until_it_expires()
    {
        var token = Token();
        Assert.Equal(new TokenReading.OfAccount(new AccountId("ann"), "cred", Now + TimeSpan.FromHours(1)), _signer.Read(token));
        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.IsType<TokenReading.OfAccount>(_signer.Read(token));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<TokenReading.Expired>(_signer.Read(token));
    }

    [Fact]
    public void A_guest_s_pass_is_no_sign_in_and_a_known_browser_is_neither()
    {
        var guest = new Caller.Guest("gus", "ABC234", "Gus ☕");
        var (pass, expires) = new GuestPasses(_signer, _time).Issue(guest);
        Assert.Equal(new TokenReading.OfGuest(guest, expires), _signer.Read(pass));
        Assert.IsType<TokenReading.OfBrowser>(_signer.Read(_signer.ForBrowser(new AccountId("ann"), "b1", Now)));
    }

    [Fact]
    public void It_names_issuer_audience_expiry_and_key()
    {
        var parts = Token().Split('.');
        var header = JsonNode.Parse(Base64Url.DecodeFromChars(parts[0]))!;
        var payload = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!;
        Assert.Equal("ES256", header["alg"]!.ToString());
        Assert.Equal(8, header["kid"]!.ToString().Length);
        Assert.StartsWith("tutti:", payload["iss"]!.ToString());
        Assert.Equal("tutti", payload["aud"]!.ToString());
        Assert.Equal(3_600, payload["exp"]!.GetValue<long>() - payload["iat"]!.GetValue<long>());
    }

    [Fact]
    public void Tokens_of_the_last_life_are_good_in_the_next() => Assert.IsType<TokenReading.OfAccount>(Signer().Read(Token()));

    [Fact]
    public void A_new_key_signs_after_its_time_and_the_old_one_still_verifies()
    {
        var old = _signer.ForAccount(new AccountId("ann"), "cred", Now, Now + TimeSpan.FromDays(120));
        _time.Advance(TimeSpan.FromDays(_options.SigningKeyDays));
        _signer.Renew();
        var fresh = _signer.ForAccount(new AccountId("ann"), "cred", Now, Now + TimeSpan.FromHours(1));
        Assert.NotEqual(KeyOf(old), KeyOf(fresh));
        Assert.IsType<TokenReading.OfAccount>(_signer.Read(old));
        Assert.IsType<TokenReading.OfAccount>(_signer.Read(fresh));
        Assert.IsType<TokenReading.OfAccount>(Signer().Read(fresh));
    }

    [Fact]
    public void Keys_that_signed_nothing_unexpired_are_dropped()
    {
        var day = TimeSpan.FromDays(1);
        var keys = SigningKeyFile.Rotate([], new UtcMicros(0), 10 * day, 5 * day);
        var first = Assert.Single(keys);
        keys = SigningKeyFile.Rotate(keys, new UtcMicros(0) + (10 * day), 10 * day, 5 * day);
        Assert.Equal([false, true], keys.Select(key => key.Id == first.Id));
        Assert.Equal(2, SigningKeyFile.Rotate(keys, new UtcMicros(0) + (14 * day), 10 * day, 5 * day).Length);
        Assert.Equal(keys[0], Assert.Single(SigningKeyFile.Rotate(keys, new UtcMicros(0) + (15 * day), 10 * day, 5 * day)));
    }

    [Fact]
    public void The_key_file_is_for_this_user_alone()
    {
        var path = Path.Combine(_folder.Path, SigningKeyFile.FileName);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        Assert.Equal([SigningKeyFile.FileName], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"issuer":"x","keys":[{"id":"a","createdMicros":1795000000000000,"pkcs8":"AAAA"}]}""")]
    public void A_damaged_key_file_is_named(string text)
    {
        File.WriteAllText(Path.Combine(_folder.Path, SigningKeyFile.FileName), text);
        var refusal = Assert.Throws<DataFolderException>(Signer);
        Assert.Contains(SigningKeyFile.FileName, refusal.Message);
    }

    [Fact]
    public void Nothing_that_is_not_signed_by_us_is_believed()
    {
        foreach (var (what, text) in Forgeries.Of(Token()))
        {
            Assert.True(_signer.Read(text) is TokenReading.Invalid, what);
        }
    }

    [Fact]
    public void Another_server_s_token_is_not_believed()
    {
        using var elsewhere = new TestFolder();
        var other = new TokenSigner(new DataFolder(elsewhere.Path), _time, Options.Create(_options));
        Assert.IsType<TokenReading.Invalid>(_signer.Read(other.ForAccount(new AccountId("ann"), "cred", Now, Now + TimeSpan.FromHours(1))));
    }

    private static string KeyOf(string token) => JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[0]))!["kid"]!.ToString();

    private string Token() => _signer.ForAccount(new AccountId("ann"), "cred", Now, Now + TimeSpan.FromHours(1));

    private TokenSigner Signer() => new(new DataFolder(_folder.Path), _time, Options.Create(_options));
}

/// <summary>What somebody makes of a good token who has no key.</summary>
internal static class Forgeries
{
    public static IEnumerable<(string What, string Text)> Of(string token)
    {
        var parts = token.Split('.');
        var header = JsonNode.Parse(Base64Url.DecodeFromChars(parts[0]))!.AsObject();
        var payload = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!.AsObject();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        foreach (var none in new[] { "none", "None", "NONE", "" })
        {
            var unsigned = Part(With(header, "alg", none)) + "." + parts[1];
            yield return ($"alg {none}", unsigned + ".");
            yield return ($"alg {none} with the old signature", unsigned + "." + parts[2]);
        }

        yield return ("no signature", $"{parts[0]}.{parts[1]}.");
        yield return ("two parts", $"{parts[0]}.{parts[1]}");
        yield return ("five parts", $"{parts[0]}.{parts[1]}.{parts[2]}.{parts[1]}.{parts[2]}");
        yield return ("another key under our id", Sign(header, payload));
        yield return ("another key under its own id", Sign(With(header, "kid", "zzzzzzzz"), payload));
        yield return ("a key without an id", Sign(Without(header, "kid"), payload));
        yield return ("a key that the token brings along", Sign(With(With(header, "jwk", Jwk()), "kid", "zzzzzzzz"), payload));
        yield return ("a key from the web", Sign(With(With(header, "jku", "http://127.0.0.1:9/keys"), "kid", "zzzzzzzz"), payload));
        yield return ("a shared secret, which is our issuer's name", Hmac(With(header, "alg", "HS256"), payload, payload["iss"]!.ToString()));
        yield return ("a shared secret that is empty", Hmac(With(header, "alg", "HS256"), payload, "\0"));
        foreach (var (name, value) in new (string, JsonNode)[] { ("sub", "somebody-else"), ("exp", 4_000_000_000), ("aud", "tutti-browser"), ("iss", "tutti:other"), ("room", "HOME"), ("sid", "x") })
        {
            yield return ($"{name} changed under the old signature", $"{parts[0]}.{Part(With(payload, name, value))}.{parts[2]}");
            yield return ($"{name} changed, signed by another key", Sign(header, With(payload, name, value)));
        }

        foreach (var name in new[] { "exp", "iss", "aud", "sub" })
        {
            yield return ($"without {name}", Sign(header, Without(payload, name)));
        }

        yield return ("a bit of the signature", $"{parts[0]}.{parts[1]}.{(parts[2][0] == 'A' ? 'B' : 'A')}{parts[2][1..]}");
        yield return ("a signature of zeros", $"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(new byte[64])}");
        yield return ("nothing", "x");
        yield return ("dots", "..");
        yield return ("no base64", "a!.b!.c!");
        yield return ("far too long", new string('a', 3_000) + ".b.c");

        string Jwk()
        {
            var point = key.ExportParameters(false).Q;
            return $$"""{"kty":"EC","crv":"P-256","x":"{{Base64Url.EncodeToString(point.X)}}","y":"{{Base64Url.EncodeToString(point.Y)}}"}""";
        }

        string Sign(JsonObject head, JsonObject body)
        {
            var text = $"{Part(head)}.{Part(body)}";
            return $"{text}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256))}";
        }
    }

    private static string Hmac(JsonObject head, JsonObject body, string secret)
    {
        var text = $"{Part(head)}.{Part(body)}";
        return $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(text)))}";
    }

    private static JsonObject With(JsonObject json, string name, JsonNode value)
    {
        var copy = json.DeepClone().AsObject();
        copy[name] = value.DeepClone();
        return copy;
    }

    private static JsonObject Without(JsonObject json, string name)
    {
        var copy = json.DeepClone().AsObject();
        copy.Remove(name);
        return copy;
    }

    private static string Part(JsonObject json) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(json));
}
