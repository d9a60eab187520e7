using System.Collections.Concurrent;
using System.Data.Common;
using System.Reflection;

namespace Tutti.Server.Storage;

/// <summary>
/// One statement for each of many rows, by one command whose parameters are made once: a scan writes millions of values, and making parameters anew for
/// each row costs more than the database does.
/// </summary>
internal static class RowWrites
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> s_properties = new();

    /// <param name="sql">One statement; <c>@Name</c> is the property <c>Name</c> of a row.</param>
    /// <param name="rows">All of one type.</param>
    public static async Task WriteEachAsync(this DbConnection connection, string sql, IEnumerable<object> rows, DbTransaction transaction, CancellationToken ct = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        PropertyInfo[]? properties = null;
        foreach (var row in rows)
        {
            if (properties is null)
            {
                properties = s_properties.GetOrAdd(row.GetType(), static type => type.GetProperties());
                foreach (var property in properties)
                {
                    var parameter = command.CreateParameter();
                    parameter.ParameterName = "@" + property.Name;
                    command.Parameters.Add(parameter);
                }
            }
            for (var i = 0; i < properties.Length; i++)
            {
                command.Parameters[i].Value = properties[i].GetValue(row) ?? DBNull.Value;
            }
            await command.ExecuteNonQueryAsync(ct);
        }
    }
}
