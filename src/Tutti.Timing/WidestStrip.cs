namespace Tutti.Timing;

/// <summary>
/// The widest strip between two clouds of bounds, one above and one below a line: the line in its middle is the clock offset.
/// </summary>
/// <remarks>
/// Up-delays bound the offset from above at their moment and down-delays from below; the true offset runs between, nearly straight, because
/// crystals are nearly constant. With b the slope, half the height of the strip is M(b) = (min(u − b·x) + min(d + b·x)) / 2: concave in b, so
/// a search by thirds finds its top. Convex hulls for clock skew: Moon, Skelly, Towsley, INFOCOM 1999; here both directions at once.
/// The twin of <c>web/sync/src/clock/strip.ts</c>.
/// </remarks>
/// <param name="OffsetMicros">Offset in the middle of the strip now, µs.</param>
/// <param name="SlopePpm">Slope, µs per second.</param>
/// <param name="MarginMicros">Half the height of the strip, µs: half the least round trip along the line. Negative when no line fits.</param>
internal readonly record struct WidestStrip(double OffsetMicros, double SlopePpm, double MarginMicros)
{
    private const double SearchEndsPpm = 0.01;

    /// <summary>Finds the strip.</summary>
    /// <param name="up">Lower hull of the upper bounds on the offset, µs.</param>
    /// <param name="down">Lower hull of the upper bounds on minus the offset, µs.</param>
    /// <param name="priorPpm">A slope of this size costs <paramref name="worthMicros"/> of margin.</param>
    /// <param name="worthMicros">See <paramref name="priorPpm"/>; the cost grows with the square of the slope.</param>
    /// <param name="limitPpm">Steepest slope considered.</param>
    public static WidestStrip Between(
        ReadOnlySpan<Bound> up, ReadOnlySpan<Bound> down, double priorPpm, double worthMicros, double limitPpm)
    {
        var low = -limitPpm;
        var high = limitPpm;
        while (high - low > SearchEndsPpm)
        {
            var a = low + ((high - low) * 0.382);
            var b = low + ((high - low) * 0.618);
            if (Margin(up, down, a) - Cost(a) < Margin(up, down, b) - Cost(b))
            {
                low = a;
            }
            else
            {
                high = b;
            }
        }

        var slope = (low + high) / 2;
        return new WidestStrip((Least(up, slope) - Least(down, -slope)) / 2, slope, Margin(up, down, slope));

        double Cost(double slopePpm) => worthMicros * (slopePpm / priorPpm) * (slopePpm / priorPpm);
    }

    /// <summary>
    /// Lower convex hull of bounds sorted by rising age (Andrew's monotone chain), made in place: the hull is the returned beginning of the
    /// span.
    /// </summary>
    public static Span<Bound> LowerHull(Span<Bound> bounds)
    {
        var count = 0;
        foreach (var p in bounds)
        {
            while (count >= 2 && !TurnsLeft(bounds[count - 2], bounds[count - 1], p))
            {
                count--;
            }

            bounds[count++] = p;
        }

        return bounds[..count];
    }

    private static bool TurnsLeft(Bound a, Bound b, Bound c) =>
        ((b.AgeSeconds - a.AgeSeconds) * (c.BoundMicros - a.BoundMicros))
        - ((b.BoundMicros - a.BoundMicros) * (c.AgeSeconds - a.AgeSeconds)) > 0;

    private static double Margin(ReadOnlySpan<Bound> up, ReadOnlySpan<Bound> down, double slope) =>
        (Least(up, slope) + Least(down, -slope)) / 2;

    private static double Least(ReadOnlySpan<Bound> hull, double slope)
    {
        var least = double.PositiveInfinity;
        foreach (var p in hull)
        {
            least = Math.Min(least, p.BoundMicros - (slope * p.AgeSeconds));
        }

        return least;
    }
}
