using System.Collections.Concurrent;
using System.Diagnostics;

namespace Tutti.SoundLab.Machine;

/// <summary>A process that ends when this one does, however that comes about, and that is ended with its descendants on disposal.</summary>
public sealed class OwnedProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(3);

    // The kernel ties the child's life to the thread that started it, so one lasting thread starts them all.
    private static readonly BlockingCollection<Action> s_starts = [];

    private readonly Process _process;
    private readonly StreamWriter? _log;

    static OwnedProcess() =>
        new Thread(() =>
        {
            foreach (var start in s_starts.GetConsumingEnumerable())
            {
                start();
            }
        })
        { IsBackground = true, Name = "process starter" }.Start();

    private OwnedProcess(string name, Process process, string? logPath)
    {
        Name = name;
        _process = process;
        if (logPath is not null)
        {
            _log = new StreamWriter(logPath, append: true) { AutoFlush = true };
            process.ErrorDataReceived += (_, line) => Log(line.Data);
            process.BeginErrorReadLine();
        }
    }

    public string Name { get; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>The child's standard output, unless it goes to the log (<see cref="LogOutput"/>).</summary>
    public StreamReader Output => _process.StandardOutput;

    /// <param name="command">Program and arguments.</param>
    /// <param name="environment">Added to this process's own.</param>
    /// <param name="logPath">Where its standard error goes.</param>
    public static async Task<OwnedProcess> StartAsync(
        string name, IReadOnlyList<string> command, string logPath, IReadOnlyDictionary<string, string>? environment = null)
    {
        ProcessStartInfo start = new("setpriv")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "--pdeathsig", "KILL", "--" },
        };
        foreach (var part in command)
        {
            start.ArgumentList.Add(part);
        }

        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[key] = value;
        }

        TaskCompletionSource<Process> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        s_starts.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(start) ?? throw new InvalidOperationException($"{name} did not start"));
            }
            catch (Exception failure) when (failure is InvalidOperationException or System.ComponentModel.Win32Exception)
            {
                started.SetException(failure);
            }
        });
        return new OwnedProcess(name, await started.Task, logPath);
    }

    /// <summary>Sends standard output to the log too. Call once, instead of reading <see cref="Output"/>.</summary>
    public OwnedProcess LogOutput()
    {
        _process.OutputDataReceived += (_, line) => Log(line.Data);
        _process.BeginOutputReadLine();
        return this;
    }

    /// <summary>Closes its standard input and waits until it has ended by itself.</summary>
    public async Task FinishAsync(CancellationToken cancellation)
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(cancellation);
    }

    public void Signal(int signal) => _ = Libc.Kill(_process.Id, signal);

    public async ValueTask DisposeAsync()
    {
        var tree = _process.HasExited ? [] : ProcessTree.Of(_process.Id);
        tree.ForEach(id => _ = Libc.Kill(id, Libc.SignalTerminate));
        try
        {
            await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(s_grace);
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
        if (_log is not null)
        {
            await _log.DisposeAsync();
        }
    }

    private void Log(string? line)
    {
        if (line is not null && _log is not null)
        {
            lock (_log)
            {
                _log.WriteLine(line);
            }
        }
    }
}
