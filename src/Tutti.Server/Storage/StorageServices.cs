using Microsoft.Extensions.Options;
using Tutti.Server.Library;
using Tutti.Server.Media;
using Tutti.Server.Rooms;
using Tutti.Server.Storage.Sqlite;

namespace Tutti.Server.Storage;

/// <summary>Wires the database and what is kept in it.</summary>
public static class StorageServices
{
    public static IServiceCollection AddTuttiStorage(this IServiceCollection services)
    {
        services.AddSingleton(provider => new DataFolder(provider.GetRequiredService<IOptions<StorageOptions>>().Value.DataFolder));
        services.AddSingleton<SqliteDatabase>();
        services.AddSingleton<IRoomStore, SqliteRoomStore>();
        services.AddSingleton<ITrackStore, SqliteTrackStore>();
        services.AddSingleton<ISoundStore, SqliteSoundStore>();
        return services;
    }
}
