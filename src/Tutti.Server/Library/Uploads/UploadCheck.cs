using Microsoft.Extensions.Options;
using Tutti.Server.Ffmpeg;
using Tutti.Server.Library.Reading;
using Tutti.TagReader;

namespace Tutti.Server.Library.Uploads;

/// <summary>Whether a file is music: its tags are read and all of it is decoded once.</summary>
public sealed class UploadCheck(ITagReader reader, IOptions<UploadOptions> options, TimeProvider clock)
{
    private const int MaxOutputBytes = 1 << 16;

    // Headers alone, and rubbish behind headers, decode to nothing and to no error: the digest of all samples is then that of none (RFC 1321 §A.5).
    private static ReadOnlySpan<byte> NoSound => "MD5=d41d8cd98f00b204e9800998ecf8427e"u8;

    /// <summary>What it holds; a reading without sound says why it is refused.</summary>
    public async Task<FileReading> RunAsync(string path, CancellationToken ct)
    {
        var reading = await reader.ReadAsync(path, ct);
        reader.Rest();
        if (reading is not FileReading.Sound)
        {
            return reading;
        }
        string[] arguments =
        [
            "-v", "error", "-nostdin", "-protocol_whitelist", "file,pipe", "-format_whitelist", MusicFormats.Names, "-i", ExternalTool.FileArgument(path),
            "-map", "0:a:0", "-f", "md5", "pipe:1",
        ];
        try
        {
            var result = await ExternalTool.RunAsync("ffmpeg", arguments, TimeSpan.FromSeconds(options.Value.CheckLimitSeconds), MaxOutputBytes, clock, ct);
            return result.ExitCode == 0 && !result.Output.AsSpan().StartsWith(NoSound) ? reading
                : new FileReading.Unreadable(result.Reason.Length > 0 ? result.Reason : "it cannot be decoded");
        }
        catch (Exception error) when (error is TimeoutException or InvalidDataException)
        {
            return new FileReading.Unreadable(error.Message);
        }
    }
}
