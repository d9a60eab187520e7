using Tutti.Client.Rest;
using Tutti.Protocol.Rest;

namespace Tutti.Client;

/// <summary>The rooms of the server.</summary>
public sealed class RoomsApi
{
    private readonly RestTransport _rest;

    internal RoomsApi(RestTransport rest) => _rest = rest;

    /// <summary>The rooms that one may see: one's own first, then Home, then by code.</summary>
    public Task<RoomList> ListAsync(CancellationToken ct = default) => _rest.GetAsync("api/rooms", AnswerJson.Default.RoomList, ct);

    /// <summary>Makes a room with a new code: one's own when signed in, else one that is open to all.</summary>
    /// <param name="name">Shown to people, 1 to 64 characters; null: its code.</param>
    /// <param name="ct">Gives up waiting.</param>
    /// <exception cref="TuttiException">2003 <c>tooManyRooms</c>.</exception>
    public Task<RoomCreated> CreateAsync(string? name = null, CancellationToken ct = default) => CreateAsync(new RoomChange { Name = name }, ct);

    /// <summary>Makes a room that is held in a certain way from the start.</summary>
    /// <param name="held">Left out in it: public, without a password, everyone adds and DJs control.</param>
    /// <param name="ct">Gives up waiting.</param>
    /// <exception cref="TuttiException">2003 <c>tooManyRooms</c>.</exception>
    public Task<RoomCreated> CreateAsync(RoomChange held, CancellationToken ct = default) =>
        _rest.SendAsync(HttpMethod.Post, "api/rooms", held, RestJson.Default.RoomChange, AnswerJson.Default.RoomCreated, ct);
}
