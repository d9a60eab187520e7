using System.Text.Json;
using Tutti.Server.Library.Scanning;

namespace Tutti.Server.Tests.Library;

/// <summary>The golden vectors of <c>spec/music-names.json</c>: names of files, and whether a scan reads them.</summary>
public sealed class MusicNameTests
{
    public static IEnumerable<TheoryDataRow<string, bool>> Vectors
    {
        get
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "spec", "music-names.json")));
            foreach (var vector in document.RootElement.EnumerateArray())
            {
                yield return new(vector.GetProperty("input").GetProperty("file").GetString()!, vector.GetProperty("expect").GetProperty("music").GetBoolean())
                {
                    TestDisplayName = vector.GetProperty("name").GetString(),
                };
            }
        }
    }

    [Theory]
    [MemberData(nameof(Vectors), DisableDiscoveryEnumeration = true)]
    public void Golden(string file, bool music) => Assert.Equal(music, MusicFolderWalk.IsMusic(file));
}
