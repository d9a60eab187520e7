using System.Text.Json;
using System.Text.Json.Serialization;
using Tutti.SoundLab.Analysis;

namespace Tutti.SoundLab.Cases;

/// <summary>The most that a figure may be.</summary>
internal sealed record Bar(double? Median = null, double? P95 = null, double? Most = null);

/// <summary>One measured figure beside its bar.</summary>
internal sealed record Figure(string Name, string Unit, double Median, double P95, double Most, int Count, Bar? Bar)
{
    public static Figure Of(string name, OffsetSummary offset, Bar? bar) =>
        new(name, "ms", offset.MedianMs, offset.P95Ms, offset.MaxMs, offset.Valid, bar);

    public static Figure Of(string name, string unit, IEnumerable<double> values, Bar? bar)
    {
        double[] all = [.. values];
        return new Figure(name, unit, Order.Median(all), Order.Quantile(all, 0.95), all.Length > 0 ? all.Max() : double.NaN, all.Length, bar);
    }

    /// <summary>Null without a bar. What could not be measured is over it.</summary>
    public bool? Within => Bar is null ? null : !(Median > Bar.Median || P95 > Bar.P95 || Most > Bar.Most || double.IsNaN(Median));

    public override string ToString()
    {
        var bar = Bar is null ? "" : $"   bar {Bar.Median?.ToString() ?? "–"} / {Bar.P95?.ToString() ?? "–"} / {Bar.Most?.ToString() ?? "–"}: {(Within == true ? "within" : "OVER")}";
        return $"   {Name}: median {Median:0.###}, p95 {P95:0.###}, max {Most:0.###} {Unit} (n {Count}){bar}";
    }
}

/// <summary>What one case showed.</summary>
/// <param name="OthersCpuPercent">Of one core, used by everything else on the machine.</param>
internal sealed record CaseResult(
    string Case, IReadOnlyList<Figure> Figures, double OthersCpuPercent, IReadOnlyList<string> Notes, SoundReport? Report = null)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        IndentSize = 1,
    };

    public bool Quiet => OthersCpuPercent <= Machine.MachineLoad.QuietPercent;

    public void Print(TextWriter output)
    {
        output.WriteLine($"== {Case}");
        foreach (var figure in Figures)
        {
            output.WriteLine(figure);
        }

        foreach (var note in Notes)
        {
            output.WriteLine($"   {note}");
        }

        output.WriteLine($"   everything else on the machine used {OthersCpuPercent:0} % of a core{(Quiet ? "" : "  !! not a quiet machine: not valid")}");
    }

    public void Save(string folder) => File.WriteAllText(
        Path.Combine(Directory.CreateDirectory(folder).FullName, $"{Case}.json"), JsonSerializer.Serialize(this, s_json));
}
