using System.Collections.Immutable;

namespace Tutti.Client.Rest;

internal sealed record PlaylistBody(string? Name, bool? Shared, ImmutableArray<string>? TrackIds = null);

internal sealed record PlaylistTracksBody(ImmutableArray<string> TrackIds, int? At, long? Version);

internal sealed record PlaylistMoveBody(int From, int To, int Count, long? Version);
