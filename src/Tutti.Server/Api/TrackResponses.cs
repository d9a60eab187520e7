using Tutti.Protocol.Rest;
using Tutti.Server.Library;
using Tutti.Server.Library.Grouping;
using Tutti.Server.Library.Tags;

namespace Tutti.Server.Api;

/// <summary>Tracks, as REST tells them.</summary>
internal static class TrackResponses
{
    extension(Track)
    {
        public static Track Of(LibraryTrack track)
        {
            var tags = track.Tags;
            return new Track(
                track.Id, track.Title, track.Artist, track.Album, tags.AlbumArtist, tags.DiscNumber, tags.TrackNumber, tags.Year,
                Fields.Seconds(track.DurationMicros), track.Cover.Url, $"/api/tracks/{track.Id}/file", track.State is TrackState.Playable, track.AlbumId,
                [.. tags.Artists.Select(name => new NameLink(LibraryIds.Artist(name), name))],
                tags.Genres.FirstOrDefault(""), [.. tags.Genres.Select(name => new NameLink(LibraryIds.Genre(name), name))], tags.Compilation,
                track.Format.Codec, track.Format.SampleRate, track.Format.BitRate, track.SizeBytes, track.AddedMicros, track.Plays,
                LevelsOf(tags.Gain), IdsOf(tags.Ids));
        }
    }

    private static TrackLevels? LevelsOf(ReplayGain gain) =>
        gain == ReplayGain.None ? null : new TrackLevels(gain.TrackGainDb, gain.TrackPeak, gain.AlbumGainDb, gain.AlbumPeak);

    private static TrackMusicBrainz? IdsOf(MusicBrainzIds ids) => ids == MusicBrainzIds.None
        ? null
        : new TrackMusicBrainz(Given(ids.Recording), Given(ids.Release), Given(ids.Artist), Given(ids.AlbumArtist));

    private static string? Given(string id) => id.Length > 0 ? id : null;
}
