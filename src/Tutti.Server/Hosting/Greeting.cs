using Microsoft.Extensions.Options;
using QRCoder;
using Tutti.Server.Access.Accounts;

namespace Tutti.Server.Hosting;

/// <summary>What the person who starts the server sees: addresses, and a QR code to point a phone at. A log gets one line instead.</summary>
public static partial class Greeting
{
    public static void Show(WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var addresses = app.Services.GetRequiredService<ServerAddresses>();
        var choice = app.Services.GetRequiredService<IOptions<HttpOptions>>().Value.QrCode;
        var lan = addresses.Lan;
        var code = app.Services.GetRequiredService<SetUpCode>().Code;
        if (choice is QrCodeChoice.Always || (choice is QrCodeChoice.Auto && !Console.IsOutputRedirected))
        {
            Console.Out.Write(Text(addresses.Local, lan));
        }
        else
        {
            var all = string.Join(' ', [addresses.Local, .. lan]);
            LogListening(app.Logger, all);
        }

        // To the person who started the server, and not through the logger: loggers have other readers.
        if (code is not null)
        {
            Console.Out.Write(SetUpText(lan.Count > 0 ? lan[0] : addresses.Local, code));
        }
    }

    /// <summary>The greeting as text.</summary>
    public static string Text(string local, IReadOnlyList<string> lan)
    {
        var lines = new List<string> { "", $"  Tutti plays at  {local}" };
        lines.AddRange(lan.Select(address => $"                  {address}"));
        lines.Add("");
        if (lan.Count > 0)
        {
            lines.Add($"  On a phone in the same network: open {lan[0]} or scan");
            lines.Add("");
            lines.AddRange(QrCode(lan[0]).Split('\n').Select(row => "  " + row));
            lines.Add("");
        }

        return string.Join(Environment.NewLine, lines) + Environment.NewLine;
    }

    /// <summary>Where the administrator is made. The code stands behind the #, so that it reaches no server's or proxy's log.</summary>
    public static string SetUpText(string address, string code) => string.Join(
        Environment.NewLine,
        "  There is no administrator yet (for the library, uploads and settings). Make one, once, at",
        $"  {address}/setup#{code}",
        "",
        "");

    // Half blocks: two modules in one character, so that modules are square and the code fits a small window.
    private static string QrCode(string text)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.L);
        using var code = new AsciiQRCode(data);
        return code.GetGraphicSmall(drawQuietZones: true, endOfLine: "\n");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Listening on {Addresses}")]
    private static partial void LogListening(ILogger logger, string addresses);
}
