namespace Tutti.Cli;

/// <summary>How the program ends; docs/cli.md tells people.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The server said no, by number; or what was named is not there.</summary>
    public const int Refused = 1;

    /// <summary>What was typed makes no sense.</summary>
    public const int Usage = 2;

    /// <summary>No server answers there, or something that is none.</summary>
    public const int Unreachable = 3;

    /// <summary>The server wants to know who asks, or does not let them (errors 6001–6099).</summary>
    public const int NotAllowed = 4;

    /// <summary>Ctrl-C: 128 + SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;
}
