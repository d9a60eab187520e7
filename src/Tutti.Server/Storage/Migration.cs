using System.Reflection;

namespace Tutti.Server.Storage;

/// <summary>One step of a schema: a script <c>NNNN_name.sql</c> in <c>Storage/DIALECT/Migrations</c>, applied once and never edited after.</summary>
internal readonly record struct Migration(int Number, string Sql)
{
    /// <summary>All steps of a dialect in their order, 1, 2, 3 …</summary>
    /// <exception cref="InvalidDataException">A number is missing or given twice.</exception>
    public static IReadOnlyList<Migration> Of(string dialect)
    {
        var prefix = $"Tutti.Migrations.{dialect}.";
        var assembly = Assembly.GetExecutingAssembly();
        List<Migration> steps =
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
                .Select(name =>
                {
                    using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                    return new Migration(int.Parse(name.AsSpan(prefix.Length, 4)), reader.ReadToEnd());
                })
                .OrderBy(step => step.Number),
        ];
        return steps.Index().All(step => step.Item.Number == step.Index + 1)
            ? steps
            : throw new InvalidDataException($"the migrations of {dialect} are not numbered 1, 2, 3 …");
    }
}
