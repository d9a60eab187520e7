using Microsoft.Extensions.DependencyInjection.Extensions;
using Tutti.Server.Library.Demo;
using Tutti.Server.Library.Playlists;
using Tutti.Server.Library.Reading;
using Tutti.Server.Library.Scanning;
using Tutti.Server.Library.Searching;
using Tutti.Server.Library.Uploads;

namespace Tutti.Server.Library;

/// <summary>Wires the library.</summary>
public static class LibraryServices
{
    public static IServiceCollection AddTuttiLibrary(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<MusicLibrary>();
        services.AddSingleton<FfprobeReader>();
        services.AddSingleton<ITagReader, TagReaders>();
        services.AddSingleton<CoverCleaning>();
        services.AddSingleton<LibraryScanner>();
        services.AddSingleton<CoverPictures>();
        services.AddSingleton<LibrarySearch>();
        services.AddSingleton<PlaylistDesk>();
        services.AddSingleton<DemoPieces>();
        services.AddSingleton<UploadCheck>();
        services.AddSingleton<IncomingFiles>();
        services.AddSingleton<UploadSpace>();
        services.AddSingleton<UploadDesk>();
        services.AddHostedService<LibraryWorker>();
        services.AddHostedService<FolderWatch>();
        return services;
    }
}
