using Tutti.Protocol;

namespace Tutti.Server.Access.Accounts;

/// <summary>How something that was asked of <see cref="AccountDesk"/> ended. Closed.</summary>
public abstract record AccountOutcome
{
    private AccountOutcome()
    {
    }

    public sealed record Done(AccountRecord Account) : AccountOutcome;

    /// <param name="RetryAfter">When it is worth trying again; null when waiting does not help.</param>
    public sealed record Refused(ErrorCode Code, string Message, TimeSpan? RetryAfter = null) : AccountOutcome;

    internal static Refused Of(ErrorCode code, string message) => new(code, message);
}
