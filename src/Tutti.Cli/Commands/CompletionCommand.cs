using System.CommandLine;

namespace Tutti.Cli.Commands;

/// <summary>Prints a shell's completion script. The script asks the program itself, so it never grows old.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        # tutti: completion for bash. Put this into ~/.bashrc:  source <(tutti completion bash)
        _tutti() {
            local line
            COMPREPLY=()
            while IFS= read -r line; do
                COMPREPLY+=("$line")
            done < <(compgen -W "$(tutti "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}")
        }
        complete -F _tutti tutti
        """;

    private const string Zsh = """
        #compdef tutti
        # tutti: completion for zsh. Put this into ~/.zshrc:  source <(tutti completion zsh)
        _tutti() {
            local -a choices
            choices=("${(@f)$(tutti "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
            compadd -a choices
        }
        compdef _tutti tutti
        """;

    private const string Fish = """
        # tutti: completion for fish. Type once:  tutti completion fish > ~/.config/fish/completions/tutti.fish
        complete --command tutti --no-files --arguments '(tutti "[suggest:"(commandline --cursor)"]" (commandline --cut-at-cursor) 2>/dev/null)'
        """;

    public static Command Make(Runner runner)
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or fish" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completion", "Prints the completion script of a shell") { shell };
        runner.Runs(command, (call, _) =>
        {
            call.World.Output.WriteLine(call.Get(shell) switch { "bash" => Bash, "zsh" => Zsh, _ => Fish });
            return Task.CompletedTask;
        });
        return command;
    }
}
