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
    private readonly Process _process;

    private ReaderProcess(Process process) => _process = process;

    /// <summary>Files that it was asked for.</summary>
    public int Asked { get; private set; }

    /// <summary>Starts one and waits until it is ready.</summary>
    /// <exception cref="ReaderUnusableException">It cannot be started, or cannot read here.</exception>
    public static async Task<ReaderProcess> StartAsync(CancellationToken ct)
    {
        var reader = new ReaderProcess(Launch());
        try
        {
            return await Wire.ReadAsync(reader.Output, ct) switch
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

    /// <exception cref="IOException">It broke.</exception>
    public async Task<RawReading> ReadAsync(string path, CancellationToken ct)
    {
        Asked++;
        var request = new MemoryStream();
        Wire.Write(request, Encoding.UTF8.GetBytes(path));
        await _process.StandardInput.BaseStream.WriteAsync(request.GetBuffer().AsMemory(0, (int)request.Length), ct);
        await _process.StandardInput.BaseStream.FlushAsync(ct);
        return await Wire.ReadAsync(Output, ct) is { } frame ? Wire.Decode(frame) : throw new IOException("the tag reader broke");
    }

    public void Dispose()
    {
        Ffmpeg.ExternalTool.Kill(_process);
        _process.Dispose();
    }

    private Stream Output => _process.StandardOutput.BaseStream;

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
