using System.Text.Json;

namespace Tutti.Timing.Tests;

/// <summary>Reads <c>spec/*.json</c>: plain arrays of {name, input, expect}, run by the TypeScript tests too.</summary>
internal static class GoldenVectors
{
    public static IEnumerable<TheoryDataRow<string, JsonElement, JsonElement>> Load(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "spec", file)));
        foreach (var vector in document.RootElement.EnumerateArray())
        {
            var name = vector.GetProperty("name").GetString()!;
            yield return new TheoryDataRow<string, JsonElement, JsonElement>(
                name, vector.GetProperty("input").Clone(), vector.GetProperty("expect").Clone()) { TestDisplayName = name };
        }
    }
}
