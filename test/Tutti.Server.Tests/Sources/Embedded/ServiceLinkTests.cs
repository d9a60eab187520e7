using Tutti.Protocol;
using Tutti.Server.Sources;
using Tutti.Server.Sources.Embedded;

namespace Tutti.Server.Tests.Sources.Embedded;

public sealed class ServiceLinkTests
{
    private const string Video = "dQw4w9WgXcQ";
    private const string Track = "4cOdK2wGLETKBW3PvgPWqT";

    [Theory]
    [InlineData($"https://www.youtube.com/watch?v={Video}", 0)]
    [InlineData($"http://youtube.com/watch?v={Video}&list=PL123&index=4", 0)]
    [InlineData($"https://m.youtube.com/watch?feature=share&v={Video}&t=90", 90)]
    [InlineData($"https://music.youtube.com/watch?v={Video}&si=abc", 0)]
    [InlineData($"  https://youtu.be/{Video}?si=x&t=1m30s \n", 90)]
    [InlineData($"https://youtu.be/{Video}?t=1h2m3s", 3723)]
    [InlineData($"youtu.be/{Video}?t=45s", 45)]
    [InlineData($"www.youtube.com/watch?v={Video}#t=12", 12)]
    [InlineData($"https://www.youtube.com/shorts/{Video}?feature=share", 0)]
    [InlineData($"https://www.youtube.com/live/{Video}?t=7", 7)]
    [InlineData($"https://www.youtube-nocookie.com/embed/{Video}?start=20", 20)]
    [InlineData($"https://www.youtube.com/watch?v={Video}&t=soon", 0)]
    [InlineData($"https://www.youtube.com/watch?v={Video}&t=", 0)]
    [InlineData($"https://www.youtube.com/watch?v={Video}&t=999h", 0)]
    [InlineData($"https://www.youtube.com/watch?v={Video}&t=99999999999999999999", 0)]
    public void A_video_is_known_by_whatever_address_people_paste(string link, long startSeconds) =>
        Assert.Equal(new EmbeddedRef(EmbeddedService.YouTube, Video, startSeconds * 1_000_000), ServiceLink.Read(link));

    [Theory]
    [InlineData($"https://open.spotify.com/track/{Track}")]
    [InlineData($"https://open.spotify.com/track/{Track}?si=0123456789abcdef")]
    [InlineData($"https://open.spotify.com/intl-de/track/{Track}")]
    [InlineData($"https://open.spotify.com/embed/track/{Track}")]
    [InlineData($"open.spotify.com/track/{Track}")]
    [InlineData($"spotify:track:{Track}")]
    [InlineData($" Spotify:track:{Track} ")]
    public void A_song_is_known_by_whatever_address_people_paste(string link) =>
        Assert.Equal(new EmbeddedRef(EmbeddedService.Spotify, Track), ServiceLink.Read(link));

    [Theory]
    [InlineData("https://www.youtube.com/playlist?list=PL123")]
    [InlineData("https://www.youtube.com/watch?list=PL123")]
    [InlineData("https://www.youtube.com/watch?v=short")]
    [InlineData("https://www.youtube.com/watch?v=dQw4w9WgXc%22")]
    [InlineData("https://www.youtube.com/@somebody")]
    [InlineData("https://www.youtube.com/channel/UC123/live")]
    [InlineData("https://www.youtube.com/")]
    [InlineData("https://youtu.be/")]
    [InlineData("https://open.spotify.com/album/4cOdK2wGLETKBW3PvgPWqT")]
    [InlineData("https://open.spotify.com/intl-fr/playlist/4cOdK2wGLETKBW3PvgPWqT")]
    [InlineData("https://open.spotify.com/track/nonsense")]
    [InlineData("spotify:album:4cOdK2wGLETKBW3PvgPWqT")]
    [InlineData("spotify:user:someone:playlist:4cOdK2wGLETKBW3PvgPWqT")]
    [InlineData("spotify:")]
    [InlineData("https://spotify.link/abcdef")]
    public void What_is_not_one_track_is_refused_by_number(string link) =>
        Assert.Equal(ErrorCode.LinkNotTrack, Assert.Throws<LinkException>(() => ServiceLink.Read(link)).Code);

    [Theory]
    [InlineData("https://example.org/watch?v=dQw4w9WgXcQ")]
    [InlineData("https://youtube.com.example.org/watch?v=dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com@example.org/watch?v=dQw4w9WgXcQ")]
    [InlineData("ftp://www.youtube.com/watch?v=dQw4w9WgXcQ")]
    [InlineData("song.mp3")]
    [InlineData("")]
    public void All_other_links_are_somebody_else_s(string link) => Assert.Null(ServiceLink.Read(link));
}
