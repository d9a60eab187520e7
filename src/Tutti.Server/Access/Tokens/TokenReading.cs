namespace Tutti.Server.Access.Tokens;

/// <summary>What a signed token says, if it is one of ours. Closed.</summary>
internal abstract record TokenReading
{
    private TokenReading()
    {
    }

    /// <param name="CredentialId">The row that must still be there.</param>
    public sealed record OfAccount(AccountId Account, string CredentialId, UtcMicros ExpiresAt) : TokenReading;

    public sealed record OfGuest(Caller.Guest Guest, UtcMicros ExpiresAt) : TokenReading;

    /// <summary>Proof that an account signed in on this browser before.</summary>
    public sealed record OfBrowser(AccountId Account, string BrowserId) : TokenReading;

    /// <summary>Ours, but its time is over.</summary>
    public sealed record Expired : TokenReading
    {
        public static Expired Instance { get; } = new();
    }

    /// <summary>Forged, damaged, unsigned, of another issuer or for another purpose.</summary>
    public sealed record Invalid : TokenReading
    {
        public static Invalid Instance { get; } = new();
    }
}
