using Tutti.Protocol;

namespace Tutti.Server.Rooms;

/// <summary>Taking over a state that a device kept from before a crash or restart (docs/protocol.md §7).</summary>
internal static class Handover
{
    public static Decision.Refused? Consider(Draft draft, RoomState handed)
    {
        if (handed.Room.Code != draft.State.Room.Code || !IsNewer(draft.Model, handed))
        {
            return null;
        }

        // Playing goes on untouched: server time counts on from the same epoch, so the old timeline still says the truth.
        var version = Math.Max(draft.State.Version, handed.Version);
        var adopted = handed with { Epoch = draft.State.Epoch, Version = version };

        // Who belongs to a room and how it is held is saved at once, so the store knows best: nobody brings back what was taken from them.
        draft.Add(new RoomEvent.Adopted(draft.Model.Origin is { Epoch: null }
            ? adopted
            : adopted with { Room = draft.State.Room, Members = draft.State.Members, Host = draft.State.Host }));
        Transitions.CatchUp(draft);
        return null;
    }

    /// <summary>
    /// A newer version of the same incarnation; or, in a room that nobody has changed since it was loaded, a state that is at least as new
    /// as the one in the store (at least: the store's own copy was put to rest when it was loaded).
    /// </summary>
    private static bool IsNewer(RoomModel model, RoomState handed)
    {
        if (handed.Epoch == model.State.Epoch)
        {
            return handed.Version > model.State.Version;
        }

        return model.Origin is { } origin && (origin.Epoch is null || (origin.Epoch == handed.Epoch && handed.Version >= origin.Version));
    }
}
