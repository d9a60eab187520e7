namespace Tutti.Cli;

/// <summary>What the program touches of the world, so that a test can hand it another one.</summary>
/// <param name="Output">What was asked for.</param>
/// <param name="Errors">What went wrong.</param>
/// <param name="Input">For passwords and tokens that are piped in.</param>
/// <param name="IsTerminal">Whether a person looks at <paramref name="Output"/>.</param>
/// <param name="Variable">Looks up a variable of the environment; null or empty: not set.</param>
/// <param name="ConfigFolder">Where what is remembered lies.</param>
/// <param name="ReadSecret">Asks a person for a secret without showing it; null without a terminal to ask on.</param>
internal sealed record Surroundings(
    TextWriter Output,
    TextWriter Errors,
    TextReader Input,
    bool IsTerminal,
    Func<string, string?> Variable,
    string ConfigFolder,
    Func<string, string>? ReadSecret)
{
    public static Surroundings OfThisProcess() => new(
        Console.Out,
        Console.Error,
        Console.In,
        !Console.IsOutputRedirected,
        Environment.GetEnvironmentVariable,
        // XDG_CONFIG_HOME or ~/.config on Linux, Application Support on macOS, AppData on Windows.
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "tutti"),
        Console.IsInputRedirected ? null : SecretPrompt.Ask);
}
