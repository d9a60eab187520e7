using Tutti.Protocol;
using Tutti.Server.Api;
using Tutti.Server.Rooms;
using Tutti.Timing;
using RoomHouse = Tutti.Server.Tests.Rooms.House;

namespace Tutti.Server.Tests.Access;

/// <summary>The list of somebody's rooms, as the dashboard asks for it every few seconds.</summary>
public sealed class BelongingsTests
{
    private static readonly Actor.Person s_bob = new("a-bob", "Bob", IsGuest: false);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rooms_that_are_put_away_are_listed_by_one_question_and_stay_put_away()
    {
        await using var house = new RoomHouse();
        for (var n = 0; n < 5; n++)
        {
            house.Store.Rooms[$"ROOM{n}2"] = new StoredRoom(
                $"ROOM{n}2", $"Room {n}", "{}", "{}", n % 2 == 0, [new StoredMember(s_bob.Id, n == 3 ? MemberRole.Host : MemberRole.Listener)], new ServerMicros(n));
        }

        Assert.IsType<RoomLookup.Found>(await house.Directory.CreateAsync(new RoomWish("Awake"), s_bob, Ct));
        var loads = house.Store.Loads;
        var rooms = await new Belongings(house.Shelf, house.Directory, RoomHouse.Personal).RoomsAsync(s_bob, Ct);

        Assert.Equal(loads, house.Store.Loads);
        Assert.Equal(["Awake", "Room 3", "Room 0", "Room 1", "Room 2", "Room 4"], rooms.Select(room => room.Name));
        Assert.Equal([MemberRole.Host, MemberRole.Host], rooms.Take(2).Select(room => room.Role));
        Assert.Equal((true, false), (rooms[2].Public, rooms[3].Public));
        Assert.Single(house.Directory.List());
    }
}
