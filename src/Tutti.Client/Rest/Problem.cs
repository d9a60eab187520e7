namespace Tutti.Client.Rest;

/// <summary>Problem details (RFC 9457) with the protocol's stable members.</summary>
internal sealed record Problem(int Code, string Name, string? Detail = null);
