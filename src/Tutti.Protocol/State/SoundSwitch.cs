using Tutti.Timing;

namespace Tutti.Protocol;

/// <summary>Whether a device makes sound in its room: from <paramref name="AtMicros"/> on it does (or not); before, what was said earlier holds.</summary>
public sealed record SoundSwitch(bool On, ServerMicros AtMicros);
