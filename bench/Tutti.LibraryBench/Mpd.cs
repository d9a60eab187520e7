using System.Diagnostics;
using System.Net.Sockets;

namespace Tutti.LibraryBench;

/// <summary>How long mpd takes to read the same folder, asked over its own protocol on a socket file.</summary>
internal static class Mpd
{
    /// <summary>Null when mpd is not installed.</summary>
    public static async Task<TimeSpan?> UpdateAsync(string music, string folder)
    {
        Directory.CreateDirectory(folder);
        var socket = Path.Combine(folder, "socket");
        var configuration = Path.Combine(folder, "mpd.conf");
        await File.WriteAllTextAsync(
            configuration,
            $"""
            music_directory "{music}"
            db_file "{folder}/db"
            bind_to_address "{socket}"
            auto_update "no"
            audio_output {"{"}
              type "null"
              name "none"
            {"}"}
            """);
        Process mpd;
        try
        {
            mpd = Process.Start(new ProcessStartInfo("mpd", ["--no-daemon", configuration]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
        using (mpd)
        {
            mpd.OutputDataReceived += static (_, _) => { };
            mpd.ErrorDataReceived += static (_, _) => { };
            mpd.BeginOutputReadLine();
            mpd.BeginErrorReadLine();
            try
            {
                for (var wait = 0; !File.Exists(socket) && wait < 100; wait++)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
                }
                using var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket));
                using var stream = new NetworkStream(connection);
                using var reader = new StreamReader(stream);
                using var writer = new StreamWriter(stream) { AutoFlush = true, NewLine = "\n" };
                await reader.ReadLineAsync();
                var start = Stopwatch.GetTimestamp();
                await AskAsync("update");
                while ((await AskAsync("status")).Any(line => line.StartsWith("updating_db", StringComparison.Ordinal)))
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
                }
                var took = Stopwatch.GetElapsedTime(start);
                Console.WriteLine($"mpd knows {(await AskAsync("stats")).First(line => line.StartsWith("songs", StringComparison.Ordinal))}");
                return took;

                async Task<List<string>> AskAsync(string command)
                {
                    await writer.WriteLineAsync(command);
                    var answer = new List<string>();
                    while (await reader.ReadLineAsync() is { } line && line != "OK" && !line.StartsWith("ACK", StringComparison.Ordinal))
                    {
                        answer.Add(line);
                    }
                    return answer;
                }
            }
            finally
            {
                mpd.Kill();
                await mpd.WaitForExitAsync();
            }
        }
    }
}
