namespace Tutti.Protocol;

/// <summary>Where added items go.</summary>
public readonly record struct QueuePlace
{
    private QueuePlace(bool next, int? index) => (IsNext, Index) = (next, index);

    /// <summary>After the last item; the default.</summary>
    public static QueuePlace End => default;

    /// <summary>Right after the current item.</summary>
    public static QueuePlace Next { get; } = new(true, null);

    /// <summary>True for <see cref="Next"/>.</summary>
    public bool IsNext { get; }

    /// <summary>The index that the first added item gets; null for <see cref="End"/> and <see cref="Next"/>.</summary>
    public int? Index { get; }

    public static QueuePlace AtIndex(int index) => new(false, index);
}
