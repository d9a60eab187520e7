using System.Text.Json;

namespace Tutti.Client.Tests.Wire;

/// <summary>Vectors of <c>spec/</c> that are about frames.</summary>
internal static class GoldenFrames
{
    public static IEnumerable<TheoryDataRow<string, JsonElement>> Of(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "spec", file)));
        foreach (var vector in document.RootElement.EnumerateArray())
        {
            yield return new(vector.GetProperty("input").GetProperty("frame").GetString()!, vector.GetProperty("expect").Clone())
            {
                TestDisplayName = vector.GetProperty("name").GetString(),
            };
        }
    }
}
