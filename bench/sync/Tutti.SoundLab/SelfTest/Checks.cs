namespace Tutti.SoundLab.SelfTest;

/// <summary>Known values in, measured values out: prints each and counts those that are wrong.</summary>
internal sealed class Checks(TextWriter output)
{
    public int Wrong { get; private set; }

    public void Section(string title) => output.WriteLine($"== {title}");

    public void Near(string what, double? measured, double expected, double tolerance)
    {
        var good = measured is { } value && Math.Abs(value - expected) <= tolerance;
        Wrong += good ? 0 : 1;
        output.WriteLine($"   {(good ? "ok " : "BAD")} {what}: {measured:0.####} (expected {expected:0.####} ± {tolerance})");
    }
}
