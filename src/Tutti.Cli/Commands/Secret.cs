namespace Tutti.Cli.Commands;

/// <summary>Gets a secret: from the person at the terminal, who does not see it, or from a pipe.</summary>
internal static class Secret
{
    /// <param name="fromInput">Whether it was said that it comes on standard input, one secret a line.</param>
    /// <exception cref="UsageException">There is no terminal to ask on, and nothing was piped in.</exception>
    public static async Task<string> AskAsync(Call call, string prompt, bool fromInput, CancellationToken ct)
    {
        if (!fromInput && call.World.ReadSecret is { } ask)
        {
            return ask(prompt);
        }

        return fromInput && await call.World.Input.ReadLineAsync(ct) is { Length: > 0 } line
            ? line.TrimEnd('\r')
            : throw new UsageException("There is no terminal to ask on; pipe the secret in with --password-stdin or --token-stdin.");
    }
}
