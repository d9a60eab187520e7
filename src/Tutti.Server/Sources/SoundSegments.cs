using Tutti.Server.Media;
using Tutti.Server.Sources.Radio;

namespace Tutti.Server.Sources;

/// <summary>Segments by their key, of whatever there is: files that were cut, and stations that are read.</summary>
public sealed class SoundSegments(MediaService media, OpusTier thin, RadioStations radio)
{
    /// <inheritdoc cref="MediaService.OpenSegmentAsync"/>
    public Task<SegmentOutcome> OpenAsync(string key, int segment, CancellationToken ct) =>
        RadioStations.IsLive(key) ? radio.OpenAsync(key, segment, ct) : media.OpenSegmentAsync(key, segment, ct);

    /// <inheritdoc cref="OpusTier.OpenAsync"/>
    public Task<SegmentOutcome> OpenThinAsync(string key, int segment, CancellationToken ct) =>
        RadioStations.IsLive(key) ? radio.OpenThinAsync(key, segment, ct) : thin.OpenAsync(key, segment, ct);
}
