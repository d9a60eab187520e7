namespace Tutti.Server.Plays;

/// <summary>Wiring of this folder.</summary>
public static class PlaysRegistration
{
    public static IServiceCollection AddTuttiPlays(this IServiceCollection services) => services.AddHostedService<PlayObserver>();
}
