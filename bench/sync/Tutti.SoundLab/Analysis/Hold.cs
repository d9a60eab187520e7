namespace Tutti.SoundLab.Analysis;

/// <summary>
/// The machine stood still: even the cards, which go before everything else, did not get a processor. Nothing that runs on it can have played on; a real
/// card would have.
/// </summary>
/// <param name="Sample">Of the recording, when it went on.</param>
/// <param name="Ms">How long it stood still.</param>
public readonly record struct Hold(int Sample, double Ms)
{
    /// <summary>Shorter ones are not told of: a card takes a block of 10.7 ms at a time, so that it need not notice.</summary>
    public const double LeastMs = 10;
}
