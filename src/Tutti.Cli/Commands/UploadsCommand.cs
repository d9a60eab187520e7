using System.CommandLine;
using System.Globalization;
using Tutti.Cli.Output;
using Tutti.Protocol.Rest;

namespace Tutti.Cli.Commands;

/// <summary>What came of one's uploads: <c>uploads</c>.</summary>
internal static class UploadsCommand
{
    public static Command Make(Runner runner)
    {
        var track = new Argument<string>("track") { Description = "Its id, as `tutti uploads list` shows it" };
        var remove = new Command("remove", "Removes the file of a track that you uploaded; administrators may remove others' too") { track };
        runner.Runs(remove, async (call, ct) =>
        {
            await call.Client.Uploads.RemoveAsync(call.Get(track), ct);
            call.Printer.Done("removed");
        });
        var all = new Option<bool>("--all", "-a") { Description = "Those of everybody, for administrators" };
        var limit = new Option<int>("--limit") { Description = "At most this many, 1 to 1000", HelpName = "N", DefaultValueFactory = _ => 50 };
        var list = new Command("list", "The tracks that you uploaded, the newest first") { all, limit };
        runner.Runs(list, async (call, ct) => call.Printer.Show(
            await call.Client.Uploads.TracksAsync(call.Get(all), limit: call.Get(limit), ct: ct),
            CliJson.Answers.TrackPage,
            page => call.Printer.Table(
                ["id", "title", "artist", "album"], page.Tracks.Select(one => new[] { one.Id, one.Title, one.Artist, one.Album }), "nothing uploaded")));
        var uploads = new Command("uploads", "How much room your uploads take, and what is under way") { list, remove };
        runner.Runs(uploads, async (call, ct) => call.Printer.Show(await call.Client.Uploads.ListAsync(ct), CliJson.Answers.UploadList, now => Show(call.Printer, now)));
        return uploads;
    }

    private static void Show(Printer printer, UploadList now)
    {
        printer.Line($"yours: {Megabytes(now.AccountUsedBytes)} of {Megabytes(now.AccountQuotaBytes)} MB");
        printer.Line($"everybody's: {Megabytes(now.UsedBytes)} of {Megabytes(now.QuotaBytes)} MB");
        printer.Table(
            ["under way", ">arrived", "state"],
            now.Uploads.Select(upload => new[] { upload.Name, $"{100 * upload.ReceivedBytes / upload.SizeBytes} %", upload.State }),
            "nothing under way");
    }

    private static string Megabytes(long bytes) => (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture);
}
