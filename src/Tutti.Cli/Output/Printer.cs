using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace Tutti.Cli.Output;

/// <summary>Prints answers: tables and lines for people, JSON for programs.</summary>
internal sealed class Printer
{
    private readonly TextWriter _output;

    public Printer(TextWriter output, bool isTerminal, bool isJson)
    {
        (_output, IsJson, IsTerminal) = (output, isJson, isTerminal);
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!isTerminal)
        {
            // A line stays one line for who reads it with grep or awk.
            Console.Profile.Width = 100_000;
        }
    }

    public bool IsJson { get; }

    public bool IsTerminal { get; }

    /// <summary>For what is drawn rather than printed.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>The answer as JSON, or as people read it.</summary>
    public void Show<T>(T answer, JsonTypeInfo<T> type, Action<T> forPeople)
    {
        if (IsJson)
        {
            _output.WriteLine(JsonSerializer.Serialize(answer, type));
        }
        else
        {
            forPeople(answer);
        }
    }

    /// <summary>Says that something was done that has no answer of its own.</summary>
    public void Done(string what) => Show(new DoneLine(what), CliJson.Own.DoneLine, done => Line(done.Done));

    public void Line(string text) => _output.WriteLine(text);

    /// <summary>Rows under headings; nothing but <paramref name="ifEmpty"/> when there are none.</summary>
    public void Table(string[] headings, IEnumerable<string[]> rows, string ifEmpty)
    {
        var table = new Table().NoBorder();
        foreach (var heading in headings)
        {
            table.AddColumn(new TableColumn(new Text(heading.TrimStart('>'), new Style(decoration: Decoration.Dim)))
            {
                Alignment = heading.StartsWith('>') ? Justify.Right : Justify.Left,
                NoWrap = !IsTerminal,
                Padding = new Padding(0, 0, 2, 0),
            });
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        if (table.Rows.Count == 0)
        {
            _output.WriteLine(ifEmpty);
        }
        else
        {
            Console.Write(table);
        }
    }
}
