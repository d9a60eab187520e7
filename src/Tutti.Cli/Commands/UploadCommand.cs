using System.CommandLine;
using Tutti.Cli.Output;

namespace Tutti.Cli.Commands;

/// <summary>Files into the library: <c>upload</c>.</summary>
internal static class UploadCommand
{
    // Small enough to arrive within the time of one call on a thin line.
    private const int ChunkBytes = 4 << 20;

    public static Command Make(Runner runner)
    {
        var files = new Argument<string[]>("file") { Description = "Audio files", Arity = ArgumentArity.OneOrMore };
        var command = new Command("upload", "Sends files into the server's own folder, for those who have the right") { files };
        runner.Runs(command, async (call, ct) =>
        {
            foreach (var file in call.Get(files))
            {
                await SendAsync(call, file, ct);
            }
        });
        return command;
    }

    private static async Task SendAsync(Call call, string path, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        var uploads = call.Client.Uploads;
        var id = await uploads.BeginAsync(Path.GetFileName(path), file.Length, File.GetLastWriteTimeUtc(path), ct);
        var chunk = new byte[ChunkBytes];
        for (long sent = 0; sent < file.Length;)
        {
            var count = await file.ReadAtLeastAsync(chunk, (int)Math.Min(ChunkBytes, file.Length - sent), throwOnEndOfStream: false, ct);
            await uploads.AddAsync(id, sent, new MemoryStream(chunk, 0, count, writable: false), ct);
            sent += count;
        }

        call.Printer.Show(await uploads.GetAsync(id, ct), CliJson.Answers.UploadDetail, upload => call.Printer.Line($"{upload.Name}: {upload.State}"));
    }
}
