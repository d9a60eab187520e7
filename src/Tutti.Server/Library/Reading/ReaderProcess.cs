using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Tutti.TagReader;

namespace Tutti.Server.Library.Reading;

/// <summary>A running <c>Tutti.TagReader</c>. For one caller at a time.</summary>
internal sealed class ReaderProcess : IDisposable
{
    // Mostly the library's own; a file with a picture of some megabytes fits.
    private const string HeapLimit = "0x8000000";
    private const int OutputBuffer = 64 << 10;

    // What one file costs is garbage at once: a small nursery is collected in no time, where the usual one, by the size of the processor's cache, fills first.
    private const string NurserySize = "0x400000";
    private readonly Process _process;
    private readonly Stream _input;
    private readonly Stream _output;

    private ReaderProcess(Process process) => (_process, _input, _output) = (
        process, new BufferedStream(process.StandardInput.BaseStream), new BufferedStream(process.StandardOutput.BaseStream, OutputBuffer));

    /// <summary>Files that it was asked for.</summary>
    public int Asked { get; private set; }

    /// <summary>Starts one and waits until it is ready.</summary>
    /// <exception cref="ReaderUnusableException">It cannot be started, or cannot read here.</exception>
    public static ReaderProcess Start(CancellationToken ct)
    {
        var reader = new ReaderProcess(Launch());
        try
        {
            return reader.Heard(ct) switch
            {
                { Length: 0 } => reader,
                { } refusal => throw new ReaderUnusableException(Encoding.UTF8.GetString(refusal)),
                null => throw new ReaderUnusableException("it ended at once"),
            };
        }
        catch (Exception error)
        {
            reader.Dispose();
            throw error is ReaderUnusableException or OperationCanceledException ? error : new ReaderUnusableException(error.Message);
        }
    }

    /// <summary>Asks for a file; <see cref="Answer"/> gives the readings in the order in which they were asked for. Not for more than fit the pipe.</summary>
    /// <exception cref="IOException">It broke.</exception>
    public void Ask(string path)
    {
        Asked++;
        Wire.Write(_input, Encoding.UTF8.GetBytes(path));
    }

    /// <summary>
    /// The next reading. The thread waits: what a system offers for pipes without waiting is a hop to another thread for each piece, which costs more
    /// than most files do.
    /// </summary>
    /// <exception cref="IOException">It broke.</exception>
    public RawReading Answer(CancellationToken ct) => Heard(ct) is { } frame ? Wire.Decode(frame) : throw new IOException("the tag reader broke");

    public void Dispose()
    {
        Ffmpeg.ExternalTool.Kill(_process);
        _process.Dispose();
    }

    // Who gives up waiting ends the process, which ends the wait.
    private byte[]? Heard(CancellationToken ct)
    {
        using var giveUp = ct.Register(static process => Ffmpeg.ExternalTool.Kill((Process)process!), _process);
        try
        {
            return Wire.Read(_output) is { } frame ? frame : throw new EndOfStreamException();
        }
        catch (IOException) when (ct.IsCancellationRequested)
        {
            throw new OperationCanceledException(ct);
        }
        catch (EndOfStreamException)
        {
            return null;
        }
    }

    private static Process Launch()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Tutti.TagReader.dll");
        // The same runtime that runs this: <root>/shared/Microsoft.NETCore.App/<version>/.
        var host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        var start = new ProcessStartInfo(host, [program])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit;
        start.Environment["DOTNET_GCgen0size"] = NurserySize;
        start.Environment["DOTNET_gcServer"] = "0";
        try
        {
            var process = Process.Start(start)!;
            Ffmpeg.ExternalTool.GiveWay(process);
            return process;
        }
        catch (Win32Exception error)
        {
            throw new ReaderUnusableException(error.Message);
        }
    }
}

/// <summary>The tag reader cannot read on this machine; the message says why.</summary>
internal sealed class ReaderUnusableException(string message) : Exception(message);
