using System.Text;
using Tutti.Server.Sources.Radio;

namespace Tutti.Server.Tests.Sources.Radio;

/// <summary>A station's words among its sound, however the bytes come.</summary>
public sealed class IcyParserTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(1_000)]
    public void Sound_and_words_are_parted_in_whatever_pieces_they_come(int piece)
    {
        byte[] sound = [.. Enumerable.Range(0, 40).Select(n => (byte)n)];
        byte[] stream = [.. sound[..16], .. Words("StreamTitle='One';"), .. sound[16..32], 0, .. sound[32..]];
        var titles = new List<string>();
        var icy = new IcyParser(16, titles.Add);
        var kept = new List<byte>();
        foreach (var part in stream.Chunk(piece))
        {
            kept.AddRange(icy.Take(part).ToArray());
        }

        Assert.Equal(sound, kept);
        Assert.Equal(["One"], titles);
    }

    [Fact]
    public void Without_an_interval_all_is_sound()
    {
        byte[] sound = [.. Enumerable.Range(0, 400).Select(n => (byte)n)];
        Assert.Equal(sound, new IcyParser(0, _ => Assert.Fail("no words")).Take(sound.ToArray()).ToArray());
    }

    [Theory]
    [InlineData("StreamTitle='Artist - Song';StreamUrl='';", "Artist - Song")]
    [InlineData("StreamTitle='Don't Stop';", "Don't Stop")]
    [InlineData("streamtitle='x';", "x")]
    [InlineData("StreamTitle='';", "")]
    [InlineData("StreamTitle='cut off", "cut off")]
    [InlineData("StreamTitle=' a\tb\r\n ';", "ab")]
    [InlineData("StreamUrl='http://x/';", null)]
    [InlineData("", null)]
    public void A_title_is_read(string words, string? expected) => Assert.Equal(expected, IcyParser.TitleOf(Encoding.UTF8.GetBytes(words)));

    [Fact]
    public void Titles_come_in_UTF_8_or_else_in_Latin_1()
    {
        Assert.Equal("Möwe ☕", IcyParser.TitleOf(Encoding.UTF8.GetBytes("StreamTitle='Möwe ☕';")));
        Assert.Equal("Möwe", IcyParser.TitleOf(Encoding.Latin1.GetBytes("StreamTitle='Möwe';")));
        Assert.Equal(200, IcyParser.TitleOf(Encoding.UTF8.GetBytes($"StreamTitle='{new string('x', 4_000)}';"))!.Length);
    }

    private static byte[] Words(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var length = (bytes.Length + 15) / 16;
        return [(byte)length, .. bytes, .. new byte[(16 * length) - bytes.Length]];
    }
}
