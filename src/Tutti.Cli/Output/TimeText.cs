using System.Globalization;

namespace Tutti.Cli.Output;

/// <summary>Places in a track, as people type and read them: <c>83</c>, <c>1:23</c>, <c>1:02:03.5</c>.</summary>
internal static class TimeText
{
    private const int MaxHours = 720;

    public static string Of(double seconds)
    {
        var whole = TimeSpan.FromSeconds(Math.Floor(Math.Max(0, seconds)));
        return whole.TotalHours >= 1 ? $"{(int)whole.TotalHours}:{whole:mm\\:ss}" : $"{whole.Minutes}:{whole:ss}";
    }

    /// <summary>The day, in this machine's time zone, of µs since the Unix epoch.</summary>
    public static string Day(long unixMicros) => Local(unixMicros).ToString("yyyy-MM-dd");

    /// <summary>Day and minute, in this machine's time zone, of µs since the Unix epoch.</summary>
    public static string Minute(long unixMicros) => Local(unixMicros).ToString("yyyy-MM-dd HH:mm");

    /// <summary>Seconds, or minutes and seconds, or hours, minutes and seconds; the last may have a fraction.</summary>
    public static bool TryRead(string text, out TimeSpan time)
    {
        time = default;
        var parts = text.Split(':');
        if (parts.Length > 3)
        {
            return false;
        }

        double seconds = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            var style = i == parts.Length - 1 ? NumberStyles.AllowDecimalPoint : NumberStyles.None;
            if (!double.TryParse(parts[i], style, CultureInfo.InvariantCulture, out var part) || (i > 0 && part >= 60))
            {
                return false;
            }

            seconds = (seconds * 60) + part;
        }

        if (seconds > MaxHours * 3_600)
        {
            return false;
        }

        time = TimeSpan.FromSeconds(seconds);
        return true;
    }

    /// <summary>A place, or a way from where it is: <c>+10</c>, <c>-0:30</c>.</summary>
    public static bool TryReadMove(string text, out TimeSpan time, out bool isRelative)
    {
        isRelative = text.Length > 1 && text[0] is '+' or '-';
        var isRead = TryRead(isRelative ? text[1..] : text, out time);
        time = isRelative && text[0] == '-' ? -time : time;
        return isRead;
    }

    private static DateTimeOffset Local(long unixMicros) => DateTimeOffset.UnixEpoch.AddTicks(unixMicros * TimeSpan.TicksPerMicrosecond).ToLocalTime();
}
