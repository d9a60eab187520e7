using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Tutti.Server.Ffmpeg;

/// <summary>What a finished tool left behind.</summary>
/// <param name="Output">Standard output, whole.</param>
/// <param name="Errors">The first 4,000 characters of what it wrote to standard error.</param>
public sealed record ToolResult(int ExitCode, byte[] Output, string Errors)
{
    /// <summary>The first line of <see cref="Errors"/> for people, without the tool's own prefixes.</summary>
    public string Reason => ExternalTool.FirstLine(Errors);
}

/// <summary>Runs ffmpeg and ffprobe: no shell, bounded output, a time limit, killed when given up (they start no others).</summary>
public static class ExternalTool
{
    public const int MaxErrorCharacters = 4_000;

    /// <summary>A file as ffmpeg takes it, so that no name is read as an option or a protocol.</summary>
    public static string FileArgument(string path) => "file:" + Path.GetFullPath(path);

    /// <summary>Starts a tool with piped output; standard input is closed at once.</summary>
    /// <exception cref="ToolMissingException">It is not installed.</exception>
    public static Process Start(string program, IEnumerable<string> arguments)
    {
        var process = StartFed(program, arguments);
        process.StandardInput.Close();
        return process;
    }

    /// <summary>The same with standard input open, to be fed.</summary>
    /// <exception cref="ToolMissingException">It is not installed.</exception>
    public static Process StartFed(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        try
        {
            var process = Process.Start(start)!;
            GiveWay(process);
            return process;
        }
        catch (Win32Exception error)
        {
            throw new ToolMissingException(program, error);
        }
    }

    // A browser on the same box, at the hi-fi, needs the processor at once or its sound breaks; a decoder can wait.
    internal static void GiveWay(Process process)
    {
        try
        {
            process.PriorityClass = ProcessPriorityClass.BelowNormal;
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself, or the system keeps its priorities to itself.
        }
    }

    /// <summary>Runs a tool to its end.</summary>
    /// <exception cref="ToolMissingException">It is not installed.</exception>
    /// <exception cref="TimeoutException">It took longer than <paramref name="limit"/>.</exception>
    /// <exception cref="InvalidDataException">It wrote more than <paramref name="maxOutputBytes"/>.</exception>
    public static async Task<ToolResult> RunAsync(
        string program, IEnumerable<string> arguments, TimeSpan limit, int maxOutputBytes, TimeProvider clock, CancellationToken ct)
    {
        using var timer = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, ct);
        using var process = Start(program, arguments);
        try
        {
            var errors = ReadErrorsAsync(process);
            var output = await ReadOutputAsync(process.StandardOutput.BaseStream, maxOutputBytes, either.Token);
            await process.WaitForExitAsync(either.Token);
            return new ToolResult(process.ExitCode, output, await errors);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException($"{program} did not finish within {limit.TotalSeconds:0.#} s");
        }
        finally
        {
            Kill(process);
        }
    }

    /// <summary>Reads standard error to its end, keeping only its start: a tool must never block on a full pipe.</summary>
    public static async Task<string> ReadErrorsAsync(Process process)
    {
        var kept = new StringBuilder();
        var buffer = new char[1024];
        int read;
        while ((read = await process.StandardError.ReadAsync(buffer)) > 0)
        {
            kept.Append(buffer, 0, Math.Min(read, MaxErrorCharacters - kept.Length));
        }
        return kept.ToString();
    }

    /// <summary>Ends the process if it still runs.</summary>
    public static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    internal static string FirstLine(string errors)
    {
        var line = errors.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        line = end < 0 ? line : line[..end];
        // "[mp3 @ 0x55…] Header missing" and "file:/music/a.mp3: Invalid data" say what matters last.
        if (line.StartsWith("[") && line.IndexOf("] ") is >= 0 and var bracket)
        {
            line = line[(bracket + 2)..];
        }
        if (line.StartsWith("file:") && line.LastIndexOf(": ") is >= 0 and var colon)
        {
            line = line[(colon + 2)..];
        }
        return line.Length > 200 ? line[..200].ToString() : line.ToString();
    }

    private static async Task<byte[]> ReadOutputAsync(Stream stream, int maxBytes, CancellationToken ct)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, ct)) > 0)
        {
            if (kept.Length + read > maxBytes)
            {
                throw new InvalidDataException($"more than {maxBytes} bytes of output");
            }
            kept.Write(buffer, 0, read);
        }
        return kept.ToArray();
    }
}

/// <summary>ffmpeg or ffprobe is not installed.</summary>
public sealed class ToolMissingException(string program, Exception inner)
    : Exception($"{program} cannot be started; is it installed? ({inner.Message})", inner);
