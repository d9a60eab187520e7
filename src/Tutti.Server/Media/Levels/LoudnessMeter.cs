using System.Globalization;
using Tutti.Server.Ffmpeg;

namespace Tutti.Server.Media.Levels;

/// <summary>Measures a file with ffmpeg's EBU R 128 meter.</summary>
public static class LoudnessMeter
{
    /// <summary>Measures all of it, to the true peak.</summary>
    /// <param name="channels">1 makes the one channel count on both sides, as it is played; 0 when not known.</param>
    /// <param name="pace">Seconds of sound measured in each second.</param>
    /// <returns>Null when there is no sound in it.</returns>
    /// <exception cref="ToolMissingException">ffmpeg is not installed.</exception>
    public static async Task<SoundLevel?> MeasureAsync(string path, int channels, int pace, CancellationToken ct)
    {
        var sides = channels == 1 ? "pan=stereo|c0=c0|c1=c0," : "aformat=channel_layouts=stereo,";
        using var process = ExternalTool.Start(
            "ffmpeg",
            [
                "-hide_banner", "-nostats", "-nostdin", "-protocol_whitelist", "file,pipe",
                "-readrate", pace.ToString(CultureInfo.InvariantCulture), "-i", ExternalTool.FileArgument(path),
                "-map", "0:a:0", "-vn", "-sn", "-dn", "-af", sides + "ebur128=peak=true:framelog=verbose", "-f", "null", "-",
            ]);
        await using var end = ct.UnsafeRegister(static running => ExternalTool.Kill((System.Diagnostics.Process)running!), process);
        try
        {
            // The summary comes last, after whatever tags the file has.
            var summary = new List<string>();
            var inside = false;
            while (await process.StandardError.ReadLineAsync(CancellationToken.None) is { } line)
            {
                inside |= line.EndsWith("Summary:", StringComparison.Ordinal) && line.StartsWith("[Parsed_ebur128", StringComparison.Ordinal);
                if (inside)
                {
                    summary.Add(line.Trim());
                }
            }
            await process.WaitForExitAsync(CancellationToken.None);
            ct.ThrowIfCancellationRequested();
            return Number(summary, "I:", "LUFS") is { } loudness && Number(summary, "Peak:", "dBFS") is { } peak
                ? new SoundLevel(loudness, Math.Max(peak, -120))
                : null;
        }
        finally
        {
            ExternalTool.Kill(process);
        }
    }

    private static double? Number(List<string> lines, string name, string unit) =>
        lines.Find(line => line.StartsWith(name, StringComparison.Ordinal) && line.EndsWith(unit, StringComparison.Ordinal)) is { } found
        && double.TryParse(found[name.Length..^unit.Length].Replace("inf", "Infinity", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
}
