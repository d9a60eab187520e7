using Tutti.Protocol.Rest;
using Tutti.Server.Access;
using Tutti.Server.Access.Accounts;
using Tutti.Server.Access.Credentials;

namespace Tutti.Server.Api;

/// <summary>Accounts and what lets in as them, as REST tells them.</summary>
internal static class AuthResponses
{
    extension(CallerDetail)
    {
        public static CallerDetail Of(Caller caller) => caller switch
        {
            Caller.Account account => new("account", account.Id.Value, account.Name, account.IsAdministrator, account.IsAdministrator || account.MayUpload, null),
            Caller.Guest guest => new("guest", guest.GuestId, guest.Name, false, false, guest.RoomCode),
            _ => new("anonymous", null, null, false, false, null),
        };
    }

    extension(AccountDetail)
    {
        public static AccountDetail Of(AccountRecord account) => new(account.Id.Value, account.Name, account.IsAdministrator, account.CreatedAt.Value);
    }

    extension(AccountLine)
    {
        public static AccountLine Of(AccountRecord account, UtcMicros? usedAt) =>
            new(account.Id.Value, account.Name, account.IsAdministrator, account.MayUpload, account.CreatedAt.Value, usedAt?.Value);
    }

    extension(CredentialDetail)
    {
        public static CredentialDetail Of(CredentialRecord credential, string? currentId) => new(
            credential.Id, credential.Kind.ToString().ToLowerInvariant(), credential.Name, credential.CreatedAt.Value, credential.UsedAt.Value,
            credential.ExpiresAt?.Value, credential.Id == currentId);
    }
}
