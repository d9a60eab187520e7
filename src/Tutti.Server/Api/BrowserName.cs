namespace Tutti.Server.Api;

/// <summary>A browser's or program's name for the list of sign-ins, from its User-Agent (RFC 9110 §10.1.5).</summary>
internal static class BrowserName
{
    // The first that fits counts: each later one is also claimed by those before it.
    private static readonly (string Sign, string Name)[] s_programs =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari")];

    private static readonly (string Sign, string Name)[] s_systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    public static string Of(string userAgent)
    {
        var program = Find(s_programs, userAgent);
        var system = Find(s_systems, userAgent);
        return (program, system) switch
        {
            ({ } name, { } place) => $"{name} on {place}",
            ({ } name, null) => name,
            _ => userAgent.Split(' ', '/') is [{ Length: > 0 } first, ..] ? first : "Unknown",
        };
    }

    private static string? Find((string Sign, string Name)[] signs, string userAgent) =>
        Array.Find(signs, entry => userAgent.Contains(entry.Sign, StringComparison.Ordinal)).Name;
}
