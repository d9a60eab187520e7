using Microsoft.Extensions.DependencyInjection.Extensions;
using Tutti.Server.Access.Accounts;
using Tutti.Server.Access.Credentials;
using Tutti.Server.Access.Door;
using Tutti.Server.Access.Guessing;
using Tutti.Server.Access.Tokens;

namespace Tutti.Server.Access;

/// <summary>Wiring of this folder. Storage provides <see cref="IAccountStore"/> and <see cref="ICredentialStore"/>.</summary>
public static class AccessRegistration
{
    public static IServiceCollection AddTuttiAccess(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<TokenSigner>();
        services.AddSingleton<GuestPasses>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<GuessLimits>();
        services.AddSingleton<SignUpLimit>();
        services.AddSingleton<SetUpCode>();
        services.AddSingleton<AccountDesk>();
        services.AddSingleton<PasswordResets>();
        services.AddSingleton<CredentialDesk>();
        services.AddSingleton<CredentialWatch>();
        services.AddSingleton<DoorKeeper>();
        services.AddSingleton<DoorCookies>();
        services.AddSingleton<ISocketDoor, SocketDoor>();
        services.AddHostedService<SetUpDraw>();
        services.AddHostedService(static provider => provider.GetRequiredService<CredentialWatch>());
        return services;
    }

    /// <summary>Draws the set-up code when there is no administrator. A stage of its own, because the greeting shows it.</summary>
    private sealed class SetUpDraw(IAccountStore accounts, SetUpCode code) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            if (!await accounts.HasAdministratorAsync(cancellationToken))
            {
                code.Draw();
            }
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
