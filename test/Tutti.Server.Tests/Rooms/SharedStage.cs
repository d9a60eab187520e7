using Tutti.Protocol;
using Tutti.Server.Rooms;

namespace Tutti.Server.Tests.Rooms;

/// <summary>A stage with a room among friends: Hanna is its host, Dina a DJ, Lars a listener; all have accounts. Gero is a guest who is not in.</summary>
internal static class SharedStage
{
    public static readonly Actor.Person Hanna = new("a-hanna", "Hanna", false);
    public static readonly Actor.Person Dina = new("a-dina", "Dina", false);
    public static readonly Actor.Person Lars = new("a-lars", "Lars", false);
    public static readonly Actor.Person Gero = new("g-gero", "Gero", true);

    public static Stage Friends(RoomRules? rules = null)
    {
        var stage = new Stage();
        var members = new MemberInfo(Hanna.Id, Hanna.Name, false, MemberRole.Host, stage.Now);
        stage.Model = stage.Model with
        {
            State = stage.State with { Room = new RoomIdentity("ABCDEF", "Garden", rules ?? RoomRules.Shared), Members = [members] },
        };
        stage.Enters(Dina, later: 1).Enters(Lars, later: 2);
        return stage.Asked(Hanna, new PeopleRequest.SetRole(Dina.Id, MemberRole.Dj));
    }

    public static Stage Personal()
    {
        var stage = Friends(RoomRules.Shared);
        stage.Model = stage.Model with
        {
            State = stage.State with { Room = stage.State.Room with { Rules = RoomRules.Personal }, Members = [stage.State.Members[0]] },
        };
        return stage;
    }

    public static Stage Enters(this Stage stage, Actor.Person person, long later = 0)
    {
        stage.Now += later;
        return stage.Asked(person, new PeopleRequest.Enter(EntryProof.Nothing));
    }

    public static Stage Asked(this Stage stage, Actor actor, PeopleRequest request)
    {
        Assert.IsType<Decision.Accepted>(stage.Ask(actor, request));
        return stage;
    }

    public static Decision Ask(this Stage stage, Actor actor, PeopleRequest request) => stage.Do(new RoomInput.Asked(request, actor));

    public static ErrorCode Refused(this Stage stage, Actor actor, PeopleRequest request) =>
        Assert.IsType<Decision.Refused>(stage.Ask(actor, request)).Code;

    public static Decision Do(this Stage stage, RoomCommand command, Actor actor) => stage.Do(new RoomInput.Commanded(command, null, actor));

    public static Stage Arrives(this Stage stage, Actor actor, string deviceId) => stage.Did(Arrival(actor, deviceId));

    public static ErrorCode Refused(this Stage stage, Actor actor, string deviceId) =>
        Assert.IsType<Decision.Refused>(stage.Do(Arrival(actor, deviceId))).Code;

    private static RoomInput.DeviceJoined Arrival(Actor actor, string deviceId) =>
        new(new DeviceIdentity(deviceId, deviceId, DeviceKind.Browser), new DeviceSettings(deviceId), actor);
}
