using System.ComponentModel.DataAnnotations;

namespace Tutti.Server.Storage;

/// <summary>Where Tutti keeps what it writes (section <c>Tutti:Storage</c>).</summary>
public sealed record StorageOptions
{
    /// <summary>Folder of the database, keys, cut segments, covers and demo pieces; made when absent. Relative to the working folder.</summary>
    [Required(AllowEmptyStrings = false)]
    public string DataFolder { get; init; } = "data";

    /// <summary>A PostgreSQL database as Npgsql writes it: <c>Host=…;Database=…;Username=…;Password=…</c>. Empty: SQLite, in the data folder.</summary>
    public string ConnectionString { get; init; } = "";
}
