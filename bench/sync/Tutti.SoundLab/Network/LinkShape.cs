namespace Tutti.SoundLab.Network;

/// <summary>Which way through a slow link the delay lies. Up: from the player to the server.</summary>
public enum DelayedWay
{
    Both,
    Up,
    Down,
}

/// <summary>What a link adds to a round trip. Packets keep their order, as in one queue.</summary>
/// <param name="DelayMs">Mean, 0 to 10,000.</param>
/// <param name="JitterMs">Standard deviation of the round trip; a direction's delay is normal and never below zero.</param>
/// <param name="LossPercent">Of packets, each way.</param>
public sealed record LinkShape(double DelayMs, double JitterMs, double LossPercent = 0, DelayedWay Way = DelayedWay.Both)
{
    /// <summary>Mean and deviation of one direction, ms.</summary>
    internal (double DelayMs, double JitterMs) Direction(DelayedWay way) =>
        Way == DelayedWay.Both ? (DelayMs / 2, JitterMs / Math.Sqrt(2))
        : Way == way ? (DelayMs, JitterMs)
        : (0, 0);
}
