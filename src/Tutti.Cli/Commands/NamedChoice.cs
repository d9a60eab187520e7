namespace Tutti.Cli.Commands;

/// <summary>Finds what people name the way they do: by id, by name, or by what one of them begins with.</summary>
internal static class NamedChoice
{
    /// <summary>The one that is meant.</summary>
    /// <param name="missing">What to say when none is called so.</param>
    /// <exception cref="NothingFoundException">None is called so.</exception>
    /// <exception cref="UsageException">More than one is, or nothing was typed: what every name begins with.</exception>
    public static T Resolve<T>(IReadOnlyList<T> all, Func<T, string> id, Func<T, string> name, string named, string missing)
    {
        if (string.IsNullOrWhiteSpace(named))
        {
            throw new UsageException("An empty name names nothing.");
        }

        T[] exact = [.. all.Where(one => id(one) == named || string.Equals(name(one), named, StringComparison.OrdinalIgnoreCase))];
        T[] meant = exact.Length > 0
            ? exact
            : [.. all.Where(one => id(one).StartsWith(named, StringComparison.Ordinal) || name(one).StartsWith(named, StringComparison.OrdinalIgnoreCase))];
        return meant switch
        {
            [var one] => one,
            [] => throw new NothingFoundException(missing),
            _ => throw new UsageException($"{named} may be {string.Join(" or ", meant.Select(one => $"{name(one)} ({id(one)})"))}; say its id."),
        };
    }
}
