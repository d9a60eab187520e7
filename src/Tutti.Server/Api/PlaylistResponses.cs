using Tutti.Protocol.Rest;
using Tutti.Server.Library;
using Tutti.Server.Library.Playlists;

namespace Tutti.Server.Api;

/// <summary>Playlists, as REST tells them.</summary>
internal static class PlaylistResponses
{
    /// <summary>How many of the first tracks are looked at for covers.</summary>
    public const int CoverTracks = 12;

    private const int MaxCovers = 4;

    extension(PlaylistSummary)
    {
        public static PlaylistSummary Of(Playlist list, PlaylistReader reader, IReadOnlyDictionary<string, LibraryTrack> tracks) => new(
            list.Id, list.Name, list.OwnerName, reader.Owner is { Length: > 0 } owner && owner == list.Owner, list.Shared, reader.MayChange(list), list.Version,
            list.TrackIds.Length,
            [.. list.TrackIds.Take(CoverTracks).Select(id => tracks.GetValueOrDefault(id)?.Cover.Url).OfType<string>().Distinct().Take(MaxCovers)],
            list.ChangedMicros);
    }
}
