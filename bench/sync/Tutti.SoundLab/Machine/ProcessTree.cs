using System.Globalization;

namespace Tutti.SoundLab.Machine;

/// <summary>What /proc says about processes. Those that end meanwhile are passed over.</summary>
internal static class ProcessTree
{
    private const double TicksPerSecond = 100; // USER_HZ, fixed for user space on Linux.

    /// <summary>A process with all its descendants, parents first.</summary>
    public static List<int> Of(int root)
    {
        var children = All().ToLookup(process => process.Parent, process => process.Id);
        List<int> found = [root];
        for (var i = 0; i < found.Count; i++)
        {
            found.AddRange(children[found[i]]);
        }

        return found;
    }

    /// <summary>Processor seconds that a process, its descendants and its ended children used.</summary>
    public static double CpuSeconds(int root)
    {
        var all = All().ToDictionary(process => process.Id);
        return Of(root).Sum(id => all.TryGetValue(id, out var process) ? process.CpuSeconds : 0);
    }

    /// <summary>Descendants of a process whose command line holds a text.</summary>
    public static IEnumerable<int> Find(int root, string inCommandLine) =>
        Of(root).Where(id => ReadOrEmpty($"/proc/{id}/cmdline").Contains(inCommandLine, StringComparison.Ordinal));

    /// <summary>Processor seconds that the whole machine was busy since it started, stolen time included.</summary>
    public static double MachineBusySeconds()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        const int Idle = 4, Waiting = 5, Last = 8;
        return Enumerable.Range(1, Last).Where(i => i is not (Idle or Waiting)).Sum(i => Number(fields[i])) / TicksPerSecond;
    }

    private static IEnumerable<(int Id, int Parent, double CpuSeconds)> All()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)
                && ReadOrEmpty($"{folder}/stat") is { Length: > 0 } stat)
            {
                // The name in parentheses may hold spaces; field 4 of proc(5) is the first but one behind it.
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                yield return (id, (int)Number(fields[1]), fields[11..15].Sum(Number) / TicksPerSecond);
            }
        }
    }

    private static string ReadOrEmpty(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
