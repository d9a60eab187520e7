using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Tutti.Server.Ffmpeg;

namespace Tutti.Server.Library;

/// <summary>Tags and length by ffprobe.</summary>
public sealed class FfprobeProbe(IOptions<LibraryOptions> options, TimeProvider clock) : IAudioProbe
{
    private const int MaxOutputBytes = 1 << 20;
    private const int MaxTagCharacters = 500;
    private static readonly string[] s_arguments =
    [
        "-v", "error", "-of", "json", "-protocol_whitelist", "file", "-show_entries",
        "format=duration:format_tags:stream=codec_type,channels,duration:stream_tags:stream_disposition=attached_pic",
    ];

    public async Task<ProbeOutcome> ProbeAsync(string path, CancellationToken ct)
    {
        try
        {
            var limit = TimeSpan.FromSeconds(options.Value.ProbeLimitSeconds);
            var result = await ExternalTool.RunAsync(
                "ffprobe", [.. s_arguments, ExternalTool.FileArgument(path)], limit, MaxOutputBytes, clock, ct);
            return result.ExitCode == 0
                ? Read(result.Output)
                : new ProbeOutcome.Unreadable(result.Reason.Length > 0 ? result.Reason : $"ffprobe ended with {result.ExitCode}");
        }
        catch (Exception error) when (error is TimeoutException or InvalidDataException or JsonException)
        {
            return new ProbeOutcome.Unreadable(error.Message);
        }
    }

    private static ProbeOutcome Read(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var tags = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var hasFormat = root.TryGetProperty("format", out var format);
        JsonElement? sound = null;
        var hasCover = false;
        foreach (var stream in root.TryGetProperty("streams", out var streams) ? streams.EnumerateArray() : [])
        {
            switch (Text(stream, "codec_type"))
            {
                case "audio" when sound is null:
                    sound = stream;
                    break;
                case "video":
                    hasCover |= stream.TryGetProperty("disposition", out var disposition)
                        && disposition.TryGetProperty("attached_pic", out var attached) && attached.GetInt32() == 1;
                    break;
            }
        }
        if (sound is not { } audio)
        {
            return new ProbeOutcome.Unreadable("there is no sound in it");
        }
        // Ogg keeps its tags with the stream, most others with the container, which wins.
        if (hasFormat)
        {
            Collect(format, tags);
        }
        Collect(audio, tags);

        var seconds = hasFormat && Seconds(format) is > 0 and var whole ? whole : Seconds(audio);
        return new ProbeOutcome.Sound(
            (long)Math.Round(seconds * 1e6),
            audio.TryGetProperty("channels", out var channels) ? channels.GetInt32() : 0,
            Tag("title"), Tag("artist"), Tag("album"), Tag("album_artist", "albumartist", "album artist"),
            Number(Tag("disc", "discnumber")), Number(Tag("track", "tracknumber")), Number(Tag("date", "year", "originaldate")), hasCover);

        string Tag(params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
            {
                if (tags.TryGetValue(name, out var value))
                {
                    return value;
                }
            }
            return "";
        }
    }

    private static void Collect(JsonElement owner, Dictionary<string, string> tags)
    {
        if (!owner.TryGetProperty("tags", out var found))
        {
            return;
        }
        foreach (var tag in found.EnumerateObject())
        {
            var value = (tag.Value.GetString() ?? "").Replace('\0', ' ').Trim();
            if (value.Length > 0)
            {
                tags.TryAdd(tag.Name, value.Length > MaxTagCharacters ? value[..MaxTagCharacters] : value);
            }
        }
    }

    private static double Seconds(JsonElement owner) =>
        double.TryParse(Text(owner, "duration"), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
        && seconds is > 0 and < 10_000_000 ? seconds : 0;

    private static string? Text(JsonElement owner, string name) => owner.TryGetProperty(name, out var value) ? value.GetString() : null;

    // "3/12" is the third of twelve, "2003-05-01" the year 2003.
    private static int? Number(string text)
    {
        var digits = text.AsSpan();
        var end = digits.IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(end < 0 ? digits : digits[..end], out var number) && number is > 0 and < 100_000 ? number : null;
    }
}
