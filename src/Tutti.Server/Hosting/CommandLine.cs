namespace Tutti.Server.Hosting;

/// <summary>What was typed: short forms and whole keys, as configuration. The command line wins over the environment's short forms.</summary>
public sealed class CommandLine
{
    /// <summary>What <c>--help</c> prints.</summary>
    public const string HelpText = """
        Tutti plays music on every device at the same instant.

          --port PORT     port to listen on; 0: a free one        (TUTTI_PORT,  default 3000)
          --music DIR     music folder, read only; none: demo pieces (TUTTI_MUSIC, default none)
          --data DIR      database, keys, cut segments            (TUTTI_DATA,  default data)
          --host HOST     address to listen on                    (TUTTI_HOST,  default every address, IPv4 and IPv6)
          --access MODE   who may come in: open, accounts         (Access__Mode, default open)
          --qr WHEN       QR code at start: auto, always, never   (TUTTI_QR,    default auto: on a terminal)
          --help          this text

        Every option of docs/operations.md may be given too: --Tutti:Sync:LeadFloorMs=80,
        or in the environment: Tutti__Sync__LeadFloorMs=80.

        """;

    private static readonly (string Short, string Variable, string Key)[] s_shortForms =
    [
        ("--port", "TUTTI_PORT", "Tutti:Http:Port"),
        ("--host", "TUTTI_HOST", "Tutti:Http:Host"),
        ("--qr", "TUTTI_QR", "Tutti:Http:QrCode"),
        ("--access", "Access__Mode", "Tutti:Access:Mode"),
        ("--music", "TUTTI_MUSIC", "Tutti:Library:MusicFolder"),
        ("--data", "TUTTI_DATA", "Tutti:Storage:DataFolder"),
    ];

    private CommandLine(bool helpWanted, IReadOnlyDictionary<string, string?> settings) => (HelpWanted, Settings) = (helpWanted, settings);

    public bool HelpWanted { get; }

    /// <summary>Configuration keys and their values.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; }

    /// <summary>Reads arguments, and the environment's short forms.</summary>
    /// <param name="variable">Looks up a variable of the environment; an empty one counts as not set.</param>
    /// <exception cref="SettingRefusedException">An argument is unknown or lacks its value.</exception>
    public static CommandLine Read(IReadOnlyList<string> arguments, Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(variable);
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var form in s_shortForms)
        {
            if (variable(form.Variable) is { Length: > 0 } value)
            {
                settings[form.Key] = value;
            }
        }

        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] is "--help" or "-h")
            {
                return new CommandLine(true, settings);
            }

            var (name, value) = Split(arguments[i]);
            var key = KeyOf(name) ?? throw new SettingRefusedException($"there is no option {name}; --help lists them.");
            if (value is null && ++i == arguments.Count)
            {
                throw new SettingRefusedException($"{name} lacks its value.");
            }

            settings[key] = value ?? arguments[i];
        }

        return new CommandLine(false, settings);
    }

    private static (string Name, string? Value) Split(string argument)
    {
        var equals = argument.IndexOf('=');
        return equals < 0 ? (argument, null) : (argument[..equals], argument[(equals + 1)..]);
    }

    private static string? KeyOf(string name)
    {
        if (Array.Find(s_shortForms, form => form.Short == name) is { Key: { } key })
        {
            return key;
        }

        return name.StartsWith($"--{OptionCatalog.Root}:", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("--Logging:", StringComparison.OrdinalIgnoreCase)
            ? name[2..]
            : null;
    }
}
