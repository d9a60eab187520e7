using Tutti.Client;
using Tutti.Protocol;
using Tutti.Protocol.Rest;

namespace Tutti.Cli.Commands;

/// <summary>Brings tracks into a queue in their order, as many commands as it takes: one carries so many at most.</summary>
internal static class ManyTracks
{
    /// <summary>Adds tracks.</summary>
    public static async Task<PlaybackState> AddAsync(RoomApi room, string[] ids, QueuePlace place, CancellationToken ct)
    {
        PlaybackState? state = null;
        string[][] chunks = [.. ids.Chunk(ProtocolLimits.ItemsPerCommand)];
        // Anywhere but at the end, what comes first is put in last: each pushes those before it back.
        foreach (var chunk in place == QueuePlace.End ? chunks : [.. chunks.Reverse()])
        {
            state = await room.AddAsync(chunk, place, ct);
        }

        return state ?? throw new ArgumentException("No tracks.", nameof(ids));
    }

    /// <summary>Plays the first of the tracks and puts the others behind it.</summary>
    public static async Task<PlaybackState> PlayAsync(RoomApi room, string[] ids, TimeSpan? position, CancellationToken ct)
    {
        var first = ids[..Math.Min(ids.Length, ProtocolLimits.ItemsPerCommand)];
        if (ids.Length > first.Length)
        {
            // Playing puts its own in between the current item and these.
            await AddAsync(room, ids[first.Length..], QueuePlace.Next, ct);
        }

        return await room.PlayAsync(first, position: position, ct: ct);
    }
}
