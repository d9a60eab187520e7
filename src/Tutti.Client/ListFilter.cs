namespace Tutti.Client;

/// <summary>Narrows and sorts a list of tracks or albums; what is null says nothing.</summary>
public sealed record ListFilter
{
    /// <summary>Id of an album; for tracks.</summary>
    public string? Album { get; init; }

    /// <summary>Id of an artist.</summary>
    public string? Artist { get; init; }

    /// <summary>Id of a genre.</summary>
    public string? Genre { get; init; }

    /// <summary>Year of release.</summary>
    public int? Year { get; init; }

    /// <summary>Id of the folder that it lies in; for tracks.</summary>
    public string? Folder { get; init; }

    /// <summary>Id of a folder that it lies in, however deep; for tracks.</summary>
    public string? Within { get; init; }

    /// <summary>Such as <c>artist</c>, <c>title</c>, <c>year</c>, <c>added</c>, <c>plays</c>.</summary>
    public string? Sort { get; init; }

    /// <summary>The last first.</summary>
    public bool Descending { get; init; }

    /// <summary>The query that this is, each member after an ampersand.</summary>
    public override string ToString() => string.Concat(
        Member("album", Album), Member("artist", Artist), Member("genre", Genre), Member("year", Year?.ToString()), Member("folder", Folder),
        Member("within", Within), Member("sort", Sort), Member("order", Descending ? "desc" : null));

    private static string Member(string name, string? value) => value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";
}
