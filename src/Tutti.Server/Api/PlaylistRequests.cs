using System.Collections.Immutable;

namespace Tutti.Server.Api;

/// <param name="Name">1 to 200 characters.</param>
/// <param name="Shared">Whether others may see it.</param>
/// <param name="TrackIds">At most 10,000.</param>
public sealed record PlaylistCreateRequest(string Name, bool Shared = false, ImmutableArray<string>? TrackIds = null);

/// <summary>What is left out stays as it is.</summary>
public sealed record PlaylistPatchRequest(string? Name = null, bool? Shared = null);

/// <summary>The whole list anew.</summary>
/// <param name="Version">The version that this replaces; left out: whatever there is.</param>
public sealed record PlaylistTracksRequest(ImmutableArray<string> TrackIds, long? Version = null);

/// <param name="At">The index that the first then has; left out: the end.</param>
/// <param name="Version">The version that <paramref name="At"/> is about; left out: whatever there is.</param>
public sealed record PlaylistAddRequest(ImmutableArray<string> TrackIds, int? At = null, long? Version = null);

/// <summary>Some tracks in a row to another place.</summary>
/// <param name="To">The index that the first then has.</param>
/// <param name="Version">The version that the places are about; left out: whatever there is.</param>
public sealed record PlaylistMoveRequest(int From, int To, int Count = 1, long? Version = null);
