using Tutti.Protocol;

namespace Tutti.Server.Rooms;

/// <summary>
/// What becomes of rooms and devices when an account is no more: its devices are forgotten, its rooms pass on or end
/// (docs/protocol.md §4a), its membership in others' rooms ends, and nothing is kept of its personal room.
/// </summary>
public sealed class Departures(IRoomDirectory rooms, PersonalRooms personal, DeviceShelf shelf)
{
    // A room that is just leaving memory is opened again.
    private const int Tries = 3;

    /// <param name="person">With an account that nobody can sign in to any more.</param>
    /// <returns>False when a room could not be opened just now: the rest is done, and all of it may be done again.</returns>
    public async Task<bool> OfAccountAsync(Actor.Person person, CancellationToken ct)
    {
        var own = personal.CodeOf(person.Id);
        var stored = (await rooms.ListOfMemberAsync(person.Id, ct)).Select(static room => room.Code);
        var inMemory = rooms.List().Where(room => room.State.FindMember(person.Id) is not null).Select(static room => room.Code).ToArray();
        var isDone = true;
        foreach (var code in stored.Union(inMemory).Where(code => code != own || inMemory.Contains(own)))
        {
            isDone &= await DepartAsync(code, person, ct);
        }

        await rooms.EraseAsync(own, ct);
        await shelf.ForgetAllAsync(person.Id);
        return isDone;
    }

    private async Task<bool> DepartAsync(string code, Actor.Person person, CancellationToken ct)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            switch (await rooms.OpenAsync(code, ct))
            {
                case RoomLookup.Missing(var reason, _):
                    return reason is not (ErrorCode.TooManyRooms or ErrorCode.ShuttingDown);
                case RoomLookup.Found(var room) when await room.AskAsync(new PeopleRequest.EndAccount(), person, ct) is not CommandOutcome.Refused { Code: ErrorCode.RoomNotFound }:
                    return true;
            }
        }

        return false;
    }
}
