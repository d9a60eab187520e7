using Microsoft.AspNetCore.Http.HttpResults;
using Tutti.Protocol;
using Tutti.Server.Library;

namespace Tutti.Server.Api;

/// <summary>What every list takes: <c>limit</c>, <c>offset</c>, <c>sort</c>, <c>order</c>.</summary>
internal static class ListFields
{
    /// <summary>Null when the page can be given.</summary>
    public static ProblemHttpResult? Wrong(int limit, int offset) => new PageRange(offset, limit).IsValid
        ? null
        : Problems.Of(ErrorCode.InvalidField, $"limit must be 1 to {PageRange.MaxLimit}, and offset 0 or more.");

    /// <summary>Null when the page can be given in the order asked for.</summary>
    /// <param name="usual">The order when none is asked for.</param>
    public static ProblemHttpResult? Wrong<TOrder>(
        int limit, int offset, string? sort, string? order, TOrder usual, out TOrder by, out bool descending)
        where TOrder : struct, Enum
    {
        by = usual;
        descending = order == "desc";
        if (Wrong(limit, offset) is { } problem)
        {
            return problem;
        }

        var names = Enum.GetNames<TOrder>();
        if (sort is not null)
        {
            if (Array.Find(names, name => name.Equals(sort, StringComparison.OrdinalIgnoreCase)) is not { } known)
            {
                return Problems.Of(ErrorCode.InvalidField, $"sort must be one of {string.Join(", ", names).ToLowerInvariant()}.");
            }

            by = Enum.Parse<TOrder>(known);
        }

        return order is null or "asc" or "desc" ? null : Problems.Of(ErrorCode.InvalidField, "order must be asc or desc.");
    }
}
