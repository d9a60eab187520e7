using System.Collections.Immutable;
using Tutti.Protocol;

namespace Tutti.Server.Rooms;

/// <summary>
/// Asks for the sound of the tracks on a room's agenda: each once in the room's life, and again when a device could not get it.
/// Used by the mailbox's reader only; the answers come back through <paramref name="post"/>.
/// </summary>
internal sealed class MediaDesk(string code, RoomServices services, Action<RoomInput> post, CancellationToken stopping)
{
    private readonly HashSet<string> _asking = [];
    private readonly HashSet<string> _ready = [];

    public void See(ImmutableArray<string> trackIds, RoomState state)
    {
        foreach (var trackId in trackIds)
        {
            var settled = _ready.Contains(trackId) && state.Queue.Any(item => item.Track.Id == trackId && item.Media is not null);
            if (!settled && _asking.Add(trackId))
            {
                _ = AskAsync(trackId);
            }
        }
    }

    /// <summary>Called with each answer as it comes out of the mailbox.</summary>
    public void Settle(RoomInput input)
    {
        switch (input)
        {
            case RoomInput.MediaKnown known when _asking.Remove(known.TrackId):
                _ready.Add(known.TrackId);
                break;

            case RoomInput.MediaFailed failed:
                _asking.Remove(failed.TrackId);
                if (failed.IsForNow)
                {
                    // Where the room knows the sound already, the next doubt asks again, rather than this very moment.
                    _ready.Add(failed.TrackId);
                }
                else
                {
                    _ready.Remove(failed.TrackId);
                }

                break;
        }
    }

    /// <summary>The sound turned out not to be there: the next look at the agenda asks again.</summary>
    public void Doubt(string trackId) => _ready.Remove(trackId);

    private async Task AskAsync(string trackId)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(services.Options.MediaWaitSeconds), services.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping);
        try
        {
            post(await services.Tracks.PrepareAsync(trackId, either.Token) switch
            {
                MediaOutcome.Ready ready => new RoomInput.MediaKnown(trackId, ready.Media, ready.Gain),
                MediaOutcome.Failed failed => new RoomInput.MediaFailed(trackId, failed.Fault),
                var outcome => throw new InvalidOperationException($"Not an outcome: {outcome}"),
            });
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The room is going; nobody waits for the answer.
        }
        catch (OperationCanceledException)
        {
            var message = $"its sound was not there within {services.Options.MediaWaitSeconds} s.";
            post(new RoomInput.MediaFailed(trackId, FaultInfo.Of(ErrorCode.MediaBusy, message)));
        }
        catch (Exception exception)
        {
            services.Logger.PrepareFailed(exception, code, trackId);
            post(new RoomInput.MediaFailed(trackId, FaultInfo.Of(ErrorCode.TrackUnreadable, "it could not be read.")));
        }
    }
}
