namespace Tutti.Server.Rooms;

/// <summary>The secret that seals room states. Kept by Hosting in the data folder, so that a restarted server knows its own seal.</summary>
public sealed class HandoverKey
{
    /// <summary>Length of the key in bytes.</summary>
    public const int Bytes = 32;

    /// <param name="secret">Exactly <see cref="Bytes"/> random bytes.</param>
    /// <exception cref="ArgumentException">Another length.</exception>
    public HandoverKey(ReadOnlyMemory<byte> secret)
    {
        if (secret.Length != Bytes)
        {
            throw new ArgumentException($"The hand-over key must be {Bytes} bytes, not {secret.Length}.", nameof(secret));
        }

        Secret = secret;
    }

    internal ReadOnlyMemory<byte> Secret { get; }
}
