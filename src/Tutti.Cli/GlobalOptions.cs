using System.CommandLine;

namespace Tutti.Cli;

/// <summary>The options that every command takes.</summary>
internal sealed class GlobalOptions
{
    public Option<string?> Server { get; } = new("--server", "-s")
    {
        Description = "The server's address (TUTTI_SERVER; else the one signed in to last, else http://localhost:3000)",
        HelpName = "URL",
        Recursive = true,
    };

    public Option<string?> Room { get; } = new("--room", "-r")
    {
        Description = "The room's code (TUTTI_ROOM; else your own room, or Home)",
        HelpName = "CODE",
        Recursive = true,
    };

    public Option<string?> Token { get; } = new("--token")
    {
        Description = "Bearer token (TUTTI_TOKEN, which other users of this machine do not see; else what `tutti login` stored)",
        HelpName = "TOKEN",
        Recursive = true,
    };

    public Option<bool> Json { get; } = new("--json") { Description = "Answer with JSON, one object a line", Recursive = true };

    public void AddTo(RootCommand root)
    {
        root.Add(Server);
        root.Add(Room);
        root.Add(Token);
        root.Add(Json);
    }
}
