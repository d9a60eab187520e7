using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Tutti.Server.Ffmpeg;
using Tutti.Server.Library.Tags;
using Tutti.TagReader;

namespace Tutti.Server.Library.Reading;

/// <summary>Tags and length by ffprobe, a process for each file: slow, and right wherever ffmpeg is.</summary>
public sealed class FfprobeReader(IOptions<LibraryOptions> options, TimeProvider clock) : ITagReader
{
    private const int MaxOutputBytes = 1 << 20;
    private static readonly string[] s_arguments =
    [
        "-v", "error", "-of", "json", "-protocol_whitelist", "file", "-format_whitelist", MusicFormats.Names, "-show_entries",
        "format=duration,bit_rate:format_tags:stream=codec_type,codec_name,channels,sample_rate,duration:stream_tags:stream_disposition=attached_pic",
    ];

    public async Task<FileReading> ReadAsync(string path, CancellationToken ct)
    {
        try
        {
            var limit = TimeSpan.FromSeconds(options.Value.ProbeLimitSeconds);
            var result = await ExternalTool.RunAsync(
                "ffprobe", [.. s_arguments, ExternalTool.FileArgument(path)], limit, MaxOutputBytes, clock, ct);
            return result.ExitCode == 0
                ? Read(result.Output, path)
                : new FileReading.Unreadable(result.Reason.Length > 0 ? result.Reason : $"ffprobe ended with {result.ExitCode}");
        }
        catch (Exception error) when (error is TimeoutException or InvalidDataException or JsonException or IOException)
        {
            return new FileReading.Unreadable(error.Message);
        }
    }

    public void Rest()
    {
        // Nothing waits: each file has a process of its own.
    }

    private static FileReading Read(byte[] json, string path)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var tags = new List<KeyValuePair<string, string>>();
        var hasFormat = root.TryGetProperty("format", out var format);
        JsonElement? sound = null;
        var hasPicture = false;
        foreach (var stream in root.TryGetProperty("streams", out var streams) ? streams.EnumerateArray() : [])
        {
            switch (Text(stream, "codec_type"))
            {
                case "audio" when sound is null:
                    sound = stream;
                    break;
                case "video":
                    hasPicture |= stream.TryGetProperty("disposition", out var disposition)
                        && disposition.TryGetProperty("attached_pic", out var attached) && attached.GetInt32() == 1;
                    break;
            }
        }
        if (sound is not { } audio || Number(audio, "sample_rate") <= 0)
        {
            return new FileReading.Unreadable("there is no sound in it");
        }
        // Ogg keeps its tags with the stream, most others with the container, which wins.
        if (hasFormat)
        {
            Collect(format, tags);
        }
        Collect(audio, tags);
        if (Id3RecordingId.OfFile(path) is { Length: > 0 } recording)
        {
            tags.Add(KeyValuePair.Create(Id3RecordingId.TagName, recording));
        }

        var seconds = hasFormat && Number(format, "duration") is > 0 and var whole ? whole : Number(audio, "duration");
        var bitRate = hasFormat ? Number(format, "bit_rate") : 0;
        return new FileReading.Sound(
            new SoundFormat(
                (long)Math.Round(seconds * 1e6), audio.TryGetProperty("channels", out var channels) ? channels.GetInt32() : 0,
                (int)Number(audio, "sample_rate"), (int)Math.Min(bitRate, int.MaxValue), Text(audio, "codec_name") ?? ""),
            TagReading.Of(tags),
            hasPicture ? PictureHash.OfFile(path) : "");
    }

    private static void Collect(JsonElement owner, List<KeyValuePair<string, string>> tags)
    {
        if (owner.TryGetProperty("tags", out var found))
        {
            tags.AddRange(found.EnumerateObject().Select(tag => KeyValuePair.Create(tag.Name, tag.Value.GetString() ?? "")));
        }
    }

    private static double Number(JsonElement owner, string name) =>
        double.TryParse(Text(owner, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is > 0 and < 1e12 ? value : 0;

    private static string? Text(JsonElement owner, string name) => owner.TryGetProperty(name, out var value) ? value.GetString() : null;
}
