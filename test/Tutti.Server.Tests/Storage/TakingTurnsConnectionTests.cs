using System.Collections.Concurrent;
using Tutti.Server.Storage.Sqlite;

namespace Tutti.Server.Tests.Storage;

public sealed class TakingTurnsConnectionTests : IDisposable
{
    private const int Waves = 3_000, Owners = 8;

    private readonly string _place = Path.Combine(Path.GetTempPath(), $"tutti-turns-{Guid.NewGuid():n}.db");

    private string ConnectionString => $"Data Source={_place}";

    public void Dispose()
    {
        TakingTurnsConnection.EmptyPool(ConnectionString);
        File.Delete(_place);
    }

    [Fact]
    public void No_two_owners_have_the_same_connection()
    {
        // With the driver's own connections two to four of 3,000 waves had one that belonged to two.
        using Barrier together = new(Owners);
        ConcurrentBag<string> faults = [];
        HashSet<object> held = [];
        Thread[] threads = [.. Enumerable.Range(0, Owners).Select(_ => new Thread(() =>
        {
            for (var wave = 0; wave < Waves; wave++)
            {
                using TakingTurnsConnection connection = new(ConnectionString);
                together.SignalAndWait();
                // The pool is empty: the driver looks for connections that their owners lost.
                connection.Open();
                lock (held)
                {
                    if (!held.Add(connection.Handle!))
                    {
                        faults.Add($"wave {wave}");
                    }
                }

                together.SignalAndWait();
                lock (held)
                {
                    held.Remove(connection.Handle!);
                }

                connection.Close();
                together.SignalAndWait();
                TakingTurnsConnection.EmptyPool(ConnectionString);
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.Empty(faults);
    }
}
