using Microsoft.Data.Sqlite;

namespace Tutti.Server.Storage.Sqlite;

/// <summary>A connection from the pool, which is taken out and put back by one thread at a time.</summary>
/// <remarks>
/// While the driver hands a pooled connection out or takes it back, it looks for a moment like one that its owner has lost, and another thread that opens just
/// then is given the same one: two owners then write into each other's transactions (dotnet/efcore issue 39008, open). Opening is a matter of microseconds,
/// so that taking turns costs nothing to speak of.
/// </remarks>
internal sealed class TakingTurnsConnection(string connectionString) : SqliteConnection(connectionString)
{
    private static readonly Lock Turn = new();

    /// <summary>Closes what the pool keeps open for later.</summary>
    public static void EmptyPool(string connectionString)
    {
        lock (Turn)
        {
            using var connection = new SqliteConnection(connectionString);
            ClearPool(connection);
        }
    }

    public override void Open()
    {
        lock (Turn)
        {
            base.Open();
        }
    }

    public override void Close()
    {
        lock (Turn)
        {
            base.Close();
        }
    }
}
