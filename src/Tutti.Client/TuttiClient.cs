using Tutti.Client.Rest;
using Tutti.Client.Rooms;
using Tutti.Client.Sockets;
using Tutti.Protocol.Rest;

namespace Tutti.Client;

/// <summary>
/// A Tutti server, as a program drives it: REST by <see cref="Tracks"/>, <see cref="Rooms"/>, <see cref="Mine"/> and <see cref="Room"/>, the live
/// room by <see cref="JoinAsync"/>. Safe to use from several threads.
/// </summary>
/// <remarks>
/// Every call throws <see cref="TuttiException"/> when the server says no by number, <see cref="ServerUnreachableException"/> when it does not
/// answer, and <see cref="UnexpectedAnswerException"/> when something else answers. No call is repeated by itself.
/// </remarks>
public sealed class TuttiClient : IDisposable
{
    private readonly RestTransport _rest;
    private readonly TuttiClientOptions _options;
    private readonly ConnectSocket _connect;

    /// <param name="server">The server's address, such as <c>http://192.168.1.20:3000</c>; a path on it is kept.</param>
    /// <param name="options">Token, time-outs, and what stands in for the world in tests.</param>
    /// <exception cref="ArgumentException">The address is neither <c>http:</c> nor <c>https:</c>.</exception>
    public TuttiClient(Uri server, TuttiClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(server);
        if (!server.IsAbsoluteUri || (server.Scheme != Uri.UriSchemeHttp && server.Scheme != Uri.UriSchemeHttps))
        {
            throw new ArgumentException($"{server} is no http or https address.", nameof(server));
        }

        Server = server.AbsolutePath.EndsWith('/') ? server : new Uri($"{server.GetLeftPart(UriPartial.Path)}/");
        _options = options ?? new TuttiClientOptions();
        _rest = new RestTransport(Server, _options);
        _connect = _options.ConnectSocket ?? ClientSockets.With(_rest);
        Account = new AccountApi(_rest);
        Tracks = new TracksApi(_rest);
        Catalog = new CatalogApi(_rest);
        Playlists = new PlaylistsApi(_rest);
        Uploads = new UploadsApi(_rest);
        Rooms = new RoomsApi(_rest);
        Mine = new RoomApi(_rest, null);
    }

    /// <summary>The server's address, ending in a slash.</summary>
    public Uri Server { get; }

    /// <summary>Signing in and out, and what lets anybody in.</summary>
    public AccountApi Account { get; }

    /// <summary>The tracks of the library.</summary>
    public TracksApi Tracks { get; }

    /// <summary>The library by albums, artists, genres, years and folders.</summary>
    public CatalogApi Catalog { get; }

    /// <summary>Playlists.</summary>
    public PlaylistsApi Playlists { get; }

    /// <summary>Files into the library, for the administrator.</summary>
    public UploadsApi Uploads { get; }

    /// <summary>The list of rooms.</summary>
    public RoomsApi Rooms { get; }

    /// <summary>The room that the short forms of REST mean: one's own when signed in, else Home.</summary>
    public RoomApi Mine { get; }

    /// <summary>A room by its code; nothing is asked yet.</summary>
    public RoomApi Room(string code)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(code);
        return new RoomApi(_rest, code);
    }

    /// <summary>Name, version, addresses in the network, and for how long the server has run.</summary>
    public Task<ServerDetail> ServerAsync(CancellationToken ct = default) => _rest.GetAsync("api/server", AnswerJson.Default.ServerDetail, ct);

    /// <summary>Which services' own players may play embedded tracks here, and where these come from.</summary>
    public Task<PlayerList> PlayersAsync(CancellationToken ct = default) => _rest.GetAsync("api/players", AnswerJson.Default.PlayerList, ct);

    /// <summary>Joins a room over the socket, and returns when its snapshot is there. From then on the connection comes back by itself.</summary>
    /// <param name="room">The room's code.</param>
    /// <param name="options">Who joins, and how.</param>
    /// <param name="ct">Gives up waiting for the snapshot; it does not end the connection later.</param>
    /// <exception cref="TuttiException">The server does not let this device in: 2001 <c>roomNotFound</c>, 2002 <c>roomFull</c> and others.</exception>
    /// <exception cref="ServerUnreachableException">The server does not answer.</exception>
    public Task<RoomConnection> JoinAsync(string room, RoomConnectionOptions options, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(room);
        ArgumentNullException.ThrowIfNull(options);
        var socket = new UriBuilder(new Uri(Server, "ws")) { Scheme = Server.Scheme == Uri.UriSchemeHttps ? "wss" : "ws" }.Uri;
        return RoomConnection.OpenAsync(Server, room, options, cancel => _connect(socket, _options.Token, cancel), _options.Time, _options.Random, ct);
    }

    /// <summary>Closes the connections of REST. Rooms that were joined stay joined until they are disposed of themselves.</summary>
    public void Dispose() => _rest.Dispose();
}
