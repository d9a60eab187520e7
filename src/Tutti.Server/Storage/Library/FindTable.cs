namespace Tutti.Server.Storage.Library;

/// <summary>The tables that search looks through: <c>find_tracks</c>, <c>find_albums</c>, <c>find_artists</c>.</summary>
internal static class FindTable
{
    /// <summary>Takes <c>Id</c>, <c>Name</c> and <c>Other</c>. A row that is right already is left alone, and so is its index.</summary>
    public static string Save(string kind) =>
        $"""
        INSERT INTO find_{kind} (id, name, other) VALUES (@Id, @Name, @Other)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, other = excluded.other
        WHERE find_{kind}.name <> excluded.name OR find_{kind}.other <> excluded.other;
        """;
}
