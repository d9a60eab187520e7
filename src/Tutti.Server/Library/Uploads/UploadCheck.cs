using Microsoft.Extensions.Options;
using Tutti.Server.Ffmpeg;
using Tutti.Server.Library.Reading;
using Tutti.TagReader;

namespace Tutti.Server.Library.Uploads;

/// <summary>Whether a file is music: its tags are read and all of it is decoded once.</summary>
public sealed class UploadCheck(ITagReader reader, IOptions<UploadOptions> options, TimeProvider clock)
{
    private const int MaxOutputBytes = 1 << 16;

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
            "-map", "0:a:0", "-f", "null", "-",
        ];
        try
        {
            var result = await ExternalTool.RunAsync("ffmpeg", arguments, TimeSpan.FromSeconds(options.Value.CheckLimitSeconds), MaxOutputBytes, clock, ct);
            return result.ExitCode == 0 ? reading : new FileReading.Unreadable(result.Reason.Length > 0 ? result.Reason : "it cannot be decoded");
        }
        catch (Exception error) when (error is TimeoutException or InvalidDataException)
        {
            return new FileReading.Unreadable(error.Message);
        }
    }
}
