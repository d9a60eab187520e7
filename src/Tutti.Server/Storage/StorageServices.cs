using Microsoft.Extensions.Options;
using Tutti.Server.Access.Accounts;
using Tutti.Server.Access.Credentials;
using Tutti.Server.Library;
using Tutti.Server.Library.Playlists;
using Tutti.Server.Library.Plays;
using Tutti.Server.Library.Searching;
using Tutti.Server.Library.Uploads;
using Tutti.Server.Media;
using Tutti.Server.Media.Levels;
using Tutti.Server.Rooms;
using Tutti.Server.Storage.Library;
using Tutti.Server.Storage.Postgres;
using Tutti.Server.Storage.Sqlite;

namespace Tutti.Server.Storage;

/// <summary>Wires the database and what is kept in it.</summary>
public static class StorageServices
{
    public static IServiceCollection AddTuttiStorage(this IServiceCollection services)
    {
        services.AddSingleton(provider => new DataFolder(provider.GetRequiredService<IOptions<StorageOptions>>().Value.DataFolder));
        services.AddSingleton<Database>(provider =>
        {
            var logger = provider.GetRequiredService<ILogger<Database>>();
            return provider.GetRequiredService<IOptions<StorageOptions>>().Value.ConnectionString is { Length: > 0 } connectionString
                ? new PostgresDatabase(connectionString, logger)
                : new SqliteDatabase(provider.GetRequiredService<DataFolder>(), logger);
        });
        services.AddSingleton<IRoomStore, RoomStore>();
        services.AddSingleton<IDeviceStore, DeviceStore>();
        services.AddSingleton<ITrackStore, TrackStore>();
        services.AddSingleton<IScanStore, ScanStore>();
        services.AddSingleton<ICatalog, CatalogStore>();
        services.AddSingleton<ISearchIndex, SearchIndex>();
        services.AddSingleton<IPlaylistStore, PlaylistStore>();
        services.AddSingleton<IPlayStore, PlayStore>();
        services.AddSingleton<IUploadOwners, UploadOwnerStore>();
        services.AddSingleton<ISoundStore, SoundStore>();
        services.AddSingleton<IAccountStore, AccountStore>();
        services.AddSingleton<IResetLinkStore, ResetLinkStore>();
        services.AddSingleton<ICredentialStore, CredentialStore>();
        services.AddSingleton<ILevelStore, LevelStore>();
        return services;
    }
}
