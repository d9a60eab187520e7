using Tutti.Client.Rest;

namespace Tutti.Client;

/// <summary>The rooms of the server.</summary>
public sealed class RoomsApi
{
    private readonly RestTransport _rest;

    internal RoomsApi(RestTransport rest) => _rest = rest;

    /// <summary>The rooms that one may see, Home first.</summary>
    public Task<RoomList> ListAsync(CancellationToken ct = default) => _rest.GetAsync("api/rooms", RestJson.Default.RoomList, ct);

    /// <summary>Makes a room with a new code.</summary>
    /// <param name="name">Shown to people, 1 to 64 characters; null: its code.</param>
    /// <param name="ct">Gives up waiting.</param>
    /// <exception cref="TuttiException">2003 <c>tooManyRooms</c>.</exception>
    public Task<RoomCreated> CreateAsync(string? name = null, CancellationToken ct = default) =>
        _rest.SendAsync(HttpMethod.Post, "api/rooms", new CreateRoomBody(name), RestJson.Default.CreateRoomBody, RestJson.Default.RoomCreated, ct);
}
