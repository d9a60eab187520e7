using Microsoft.Extensions.DependencyInjection.Extensions;
using Tutti.Server.Library.Demo;

namespace Tutti.Server.Library;

/// <summary>Wires the library.</summary>
public static class LibraryServices
{
    public static IServiceCollection AddTuttiLibrary(this IServiceCollection services)
    {
        services.AddOptions<LibraryOptions>().BindConfiguration(LibraryOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<MusicLibrary>();
        services.AddSingleton<IAudioProbe, FfprobeProbe>();
        services.AddSingleton<LibraryScanner>();
        services.AddSingleton<CoverPictures>();
        services.AddSingleton<DemoPieces>();
        services.AddHostedService<LibraryWorker>();
        return services;
    }
}
