using System.Runtime.CompilerServices;
using Tutti.Client.Rest;
using Tutti.Protocol.Rest;

namespace Tutti.Client;

/// <summary>The tracks of the library, and the scan that finds them.</summary>
public sealed class TracksApi
{
    /// <summary>Most tracks that one page may hold.</summary>
    public const int MaxPage = 1_000;

    private readonly RestTransport _rest;

    internal TracksApi(RestTransport rest) => _rest = rest;

    /// <summary>One page of the tracks that match, by artist, album and number.</summary>
    /// <param name="words">Words that must all occur in title, artist or album; empty: every track.</param>
    /// <param name="offset">How many to leave out, ≥ 0.</param>
    /// <param name="limit">Most to answer with, 1 to <see cref="MaxPage"/>.</param>
    /// <param name="filter">What else it must be, and in which order.</param>
    /// <param name="ct">Gives up waiting.</param>
    public Task<TrackPage> FindAsync(string words = "", int offset = 0, int limit = 100, ListFilter? filter = null, CancellationToken ct = default) =>
        _rest.GetAsync($"api/tracks?q={Uri.EscapeDataString(words)}&offset={offset}&limit={limit}{filter}", AnswerJson.Default.TrackPage, ct);

    /// <summary>The words of a track.</summary>
    /// <exception cref="TuttiException">5001 <c>trackNotFound</c>.</exception>
    public Task<TrackLyrics> LyricsAsync(string trackId, CancellationToken ct = default) =>
        _rest.GetAsync($"api/tracks/{PathPart.Of(trackId)}/lyrics", AnswerJson.Default.TrackLyrics, ct);

    /// <summary>Every track that matches, page by page as it is enumerated.</summary>
    /// <param name="words">Words that must all occur in title, artist or album; empty: every track.</param>
    /// <param name="ct">Gives up waiting.</param>
    public async IAsyncEnumerable<Track> AllAsync(string words = "", [EnumeratorCancellation] CancellationToken ct = default)
    {
        for (var offset = 0; ;)
        {
            var page = await FindAsync(words, offset, MaxPage, ct: ct);
            foreach (var track in page.Tracks)
            {
                yield return track;
            }

            offset += page.Tracks.Count;
            if (page.Tracks.Count == 0 || offset >= page.Total)
            {
                yield break;
            }
        }
    }

    /// <summary>One track.</summary>
    /// <exception cref="TuttiException">5001 <c>trackNotFound</c>.</exception>
    public Task<Track> GetAsync(string trackId, CancellationToken ct = default) =>
        _rest.GetAsync($"api/tracks/{PathPart.Of(trackId)}", AnswerJson.Default.Track, ct);

    /// <summary>Its cover, as a picture; the stream is the caller's to close.</summary>
    /// <exception cref="TuttiException">5001 <c>trackNotFound</c>, 5006 <c>coverNotFound</c>.</exception>
    public Task<Stream> OpenCoverAsync(string trackId, CancellationToken ct = default) =>
        _rest.OpenAsync($"api/tracks/{PathPart.Of(trackId)}/cover", ct);

    /// <summary>The original file; the stream is the caller's to close.</summary>
    /// <exception cref="TuttiException">5001 <c>trackNotFound</c>, 5003 <c>trackVanished</c>.</exception>
    public Task<Stream> OpenFileAsync(string trackId, CancellationToken ct = default) =>
        _rest.OpenAsync($"api/tracks/{PathPart.Of(trackId)}/file", ct);

    /// <summary>How far the scan of the music folder is, or how the last one ended.</summary>
    public Task<ScanState> ScanStateAsync(CancellationToken ct = default) => _rest.GetAsync("api/library/scan", AnswerJson.Default.ScanState, ct);

    /// <summary>Starts a scan of the music folder; <see cref="ScanStateAsync"/> says how far it is.</summary>
    public Task<ScanState> ScanAsync(CancellationToken ct = default) => _rest.PostAsync("api/library/scan", AnswerJson.Default.ScanState, ct);

    /// <summary>One page of the files that cannot be read, and why.</summary>
    public Task<UnreadablePage> UnreadableAsync(int offset = 0, int limit = 100, CancellationToken ct = default) =>
        _rest.GetAsync($"api/library/unreadable?offset={offset}&limit={limit}", AnswerJson.Default.UnreadablePage, ct);

    /// <summary>One segment of a sound as a complete FLAC stream (docs/protocol.md §8); waits while it is being cut.</summary>
    /// <param name="key">The sound, as a state's <c>media.key</c> names it.</param>
    /// <param name="index">Which segment, from 0.</param>
    /// <param name="ct">Gives up waiting.</param>
    /// <exception cref="TuttiException">5004 <c>segmentNotFound</c>, 5005 <c>mediaBusy</c>, and what is wrong with the track.</exception>
    public Task<Stream> OpenSegmentAsync(string key, int index, CancellationToken ct = default) =>
        _rest.OpenAsync($"media/{PathPart.Of(key)}/flac/{index}", ct);

    /// <summary>The outline of a sound for a seek bar: a byte for each 0.2 s, its largest sample on either side (docs/protocol.md §8).</summary>
    /// <param name="key">The sound, as a state's <c>media.key</c> names it.</param>
    /// <param name="ct">Gives up waiting.</param>
    /// <exception cref="TuttiException">5004 <c>segmentNotFound</c>, 5005 <c>mediaBusy</c> while it is not cut to its end.</exception>
    public Task<Stream> OpenPeaksAsync(string key, CancellationToken ct = default) => _rest.OpenAsync($"media/{PathPart.Of(key)}/peaks", ct);
}
