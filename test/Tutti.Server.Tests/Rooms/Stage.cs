using System.Collections.Immutable;
using Tutti.Protocol;
using Tutti.Server.Rooms;
using Tutti.Timing;

namespace Tutti.Server.Tests.Rooms;

/// <summary>The bare machine on a stage: a model, an instant that only moves when told, and tracks that exist by their name.</summary>
internal sealed class Stage
{
    public const string Kitchen = "kitchen-0001";
    public const long TrackMicros = 60_000_000;

    private static readonly ServerMicros s_start = new(1_795_000_000_000_000);

    public RoomModel Model { get; set; } = RoomModel.Create(new RoomIdentity("HOME", "Home"), "e1", s_start);

    public ServerMicros Now { get; set; } = s_start;

    public SyncOptions Options { get; init; } = new();

    public RoomState State => Model.State;

    public Sounding Sounding => State.SoundingAt(Now);

    /// <summary>The events of the newest accepted input.</summary>
    public ImmutableArray<RoomEvent> Events { get; private set; } = [];

    /// <summary>Tracks are <c>t1</c>, <c>t2</c> … of a minute each, up to <c>t4</c> of one album; <c>live…</c> are stations; <c>video…</c> are embedded; <c>gone…</c> do not exist.</summary>
    public static TrackSummary? Track(string id) =>
        id.StartsWith("live", StringComparison.Ordinal) ? new TrackSummary(id, $"Title {id}", "", "", TrackSummary.LiveDurationMicros, null, Live: true)
        : id.StartsWith("video", StringComparison.Ordinal)
            ? new TrackSummary(id, $"Title {id}", "", "", TrackSummary.UnknownDurationMicros, null) { Embedded = new EmbeddedRef(EmbeddedService.YouTube, id) }
        : id.StartsWith("gone", StringComparison.Ordinal) ? null : new TrackSummary(id, $"Title {id}", "Artist", string.CompareOrdinal(id, "t5") < 0 ? "Album" : "", TrackMicros, null);

    public static MediaInfo Media(string trackId, long? samples = null) => new($"key-{trackId}", 48_000, 96_000, samples);

    public static DeviceReport Report(OutputState output = OutputState.On, double rttMs = 10, double jitterMs = 1, double latencyMs = 20) =>
        new(output, null, 8_000, rttMs, jitterMs, 0, 50, latencyMs, 0, 0);

    public Decision Do(RoomCommand command, string? by = null) => Do(new RoomInput.Commanded(command, by));

    public Decision Do(RoomInput input)
    {
        var decision = RoomMachine.Decide(Model, input, new Moment(Now, Tracks(input)), Options);
        if (decision is Decision.Accepted accepted)
        {
            Events = accepted.Events;
            Model = RoomMachine.Apply(Model, accepted.Events);
        }

        return decision;
    }

    /// <summary>Does it and insists that it was accepted.</summary>
    public Stage Did(RoomCommand command, string? by = null)
    {
        Assert.IsType<Decision.Accepted>(Do(command, by));
        return this;
    }

    public Stage Did(RoomInput input)
    {
        Assert.IsType<Decision.Accepted>(Do(input));
        return this;
    }

    /// <summary>Answers the agenda's wish for sound: all of it is there.</summary>
    public Stage MediaArrives()
    {
        for (var wanted = Missing(); wanted.Length > 0; wanted = Missing())
        {
            Did(new RoomInput.MediaKnown(wanted[0], Media(wanted[0])));
        }

        return this;

        string[] Missing() => [.. RoomAgenda.Of(Model, Options).Tracks.Where(id => State.Queue.Any(item => item.Track.Id == id && item.Media is null))];
    }

    public Stage Later(long micros)
    {
        var end = Now + micros;
        while (RoomAgenda.Of(Model, Options).WakeAt is { } wake && wake <= end)
        {
            Now = ServerMicros.Max(Now, wake);
            Did(new RoomInput.Tick());
        }

        Now = end;
        return this;
    }

    /// <summary>A device comes in and turns its sound on.</summary>
    public Stage Joins(string id, OutputState output = OutputState.On, double rttMs = 10)
    {
        var device = new DeviceIdentity(id, $"Name of {id}", DeviceKind.Browser);
        Did(new RoomInput.DeviceJoined(device, device.OwnSettings, Actor.Anyone.Instance));
        return Did(new RoomInput.DeviceReported(id, Report(output, rttMs)));
    }

    public Stage IsReady(string id)
    {
        var pending = State.Pending ?? throw new InvalidOperationException("Nothing is pending.");
        return Did(new RoomInput.DeviceReady(id, pending.ItemId, pending.PositionMicros));
    }

    public static RoomCommand.Play Play(params string[] trackIds) => new([.. trackIds]);

    public static RoomCommand.QueueAdd Add(params string[] trackIds) => new([.. trackIds], QueuePlace.End);

    // What every state of the table is made of.

    public static Stage Empty() => new();

    public static Stage Stopped() => new Stage().Did(Add("t1", "t2", "t3"));

    public static Stage WaitingForMedia() => new Stage().Did(Play("t1", "t2", "t3"), Kitchen);

    public static Stage WaitingForDevices() => new Stage().Joins(Kitchen).Did(Play("t1", "t2", "t3"), Kitchen).MediaArrives();

    public static Stage Playing() => WaitingForDevices().IsReady(Kitchen).MediaArrives().Later(5_000_000);

    public static Stage Seeking() => Playing().Did(new RoomCommand.Seek(20_000_000), Kitchen);

    public static Stage Paused() => Playing().Did(new RoomCommand.Pause(), Kitchen).Later(1_000_000);

    public static Stage PlayingLast() => Playing().Later(60_000_000).MediaArrives().Later(60_000_000);

    public static Stage Ended() => PlayingLast().Later(60_000_000);

    private static Dictionary<string, TrackSummary> Tracks(RoomInput input)
    {
        ImmutableArray<string> ids = input switch
        {
            RoomInput.Commanded { Command: RoomCommand.Play { TrackIds: { IsDefault: false } named } } => named,
            RoomInput.Commanded { Command: RoomCommand.QueueAdd add } => add.TrackIds,
            RoomInput.Commanded { Command: RoomCommand.ChangeTrack { TrackId: { } id } } => [id],
            _ => [],
        };
        return ids.Distinct().Select(Track).OfType<TrackSummary>().ToDictionary(track => track.Id);
    }
}
