using System.Collections.Immutable;
using Tutti.Protocol;

namespace Tutti.Server.Rooms;

/// <summary>Finds the tracks that a command names, so that the machine need not ask anyone.</summary>
internal static class TrackLookup
{
    public static async ValueTask<IReadOnlyDictionary<string, TrackSummary>> ForAsync(RoomCommand command, ITrackSource source, CancellationToken ct)
    {
        ImmutableArray<string> named = command switch
        {
            RoomCommand.Play { TrackIds: { IsDefault: false } ids } => ids,
            RoomCommand.QueueAdd add => add.TrackIds,
            RoomCommand.ChangeTrack { TrackId: { } id } => [id],
            _ => [],
        };
        if (named.IsEmpty)
        {
            return Moment.At(default).Tracks;
        }

        var found = new Dictionary<string, TrackSummary>(named.Length);
        foreach (var id in named)
        {
            if (!found.ContainsKey(id) && await source.FindAsync(id, ct) is { } track)
            {
                found.Add(id, track);
            }
        }

        return found;
    }
}
