using System.Buffers.Binary;
using System.Text;
using Tutti.Server.Media;

namespace Tutti.Server.Tests.Media;

/// <summary>What MP4s say of their delay and padding.</summary>
public sealed class DeclaredLengthTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(44_100)]
    [InlineData(48_000)]
    public async Task An_edit_list_and_the_media_s_own_length_give_the_exact_samples(int rate)
    {
        var file = _folder.Within("a.m4a");
        await Ffmpeg.MakeAsync(file, $"sine=r={rate},atrim=end_sample={rate + 4321}", "-c:a", "aac");
        Assert.Equal(new DeclaredLength(rate + 4321, rate), DeclaredLength.OfFile(file));
    }

    [Fact]
    public async Task The_tag_of_iTunes_goes_before_it_and_its_delay_is_taken_off()
    {
        var file = _folder.Within("a.m4a");
        const int Samples = 48_000 + 4321;
        await Ffmpeg.MakeAsync(file, $"sine=r=48000,atrim=end_sample={Samples}", "-c:a", "aac", "-use_editlist", "0");
        await AddGaplessTagAsync(file, delay: 1024, padding: 0, Samples);
        Assert.Equal(new DeclaredLength(Samples, 48_000), DeclaredLength.OfFile(file));
        var decoded = await Ffmpeg.DecodeAsync(new SourceFile(file, 0, 0, 1));
        Assert.Equal(Samples, decoded.Length / 2);
        // Its beginning is the tone's: with the delay left in, there would be 1024 samples of next to nothing.
        Assert.True(decoded.Take(400).Max(value => (int)value) > 1_500);
    }

    [Fact]
    public async Task Lossless_sound_keeps_all_its_samples()
    {
        var file = _folder.Within("a.m4a");
        await Ffmpeg.MakeAsync(file, "sine=r=44100,atrim=end_sample=50001", "-c:a", "alac");
        var decoded = await Ffmpeg.DecodeAsync(new SourceFile(file, 0, 0, 1));
        Assert.Equal((int)Math.Round(50_001 * 48_000.0 / 44_100), decoded.Length / 2);
    }

    [Fact]
    public async Task Whatever_is_done_to_a_file_it_is_read_or_left()
    {
        var file = _folder.Within("a.m4a");
        await Ffmpeg.MakeAsync(file, "sine=r=44100:d=0.5", "-c:a", "aac");
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        var random = new Random(5);
        for (var round = 0; round < 2_000; round++)
        {
            var broken = bytes[..random.Next(bytes.Length)];
            for (var i = 0; i < 8 && broken.Length > 0; i++)
            {
                broken[random.Next(broken.Length)] = (byte)random.Next(256);
            }
            DeclaredLength.Of(new MemoryStream(broken));
        }
    }

    // Where ffmpeg puts it, the movie box is the last of the file, so that it may grow.
    private static async Task AddGaplessTagAsync(string file, int delay, int padding, int samples)
    {
        var value = $" 00000000 {delay:X8} {padding:X8} {samples:X16} 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000";
        var tag = Box("----",
            Box("mean", new byte[4], Encoding.ASCII.GetBytes("com.apple.iTunes")),
            Box("name", new byte[4], Encoding.ASCII.GetBytes("iTunSMPB")),
            Box("data", [0, 0, 0, 1, 0, 0, 0, 0], Encoding.ASCII.GetBytes(value)));
        byte[] handler = [0, 0, 0, 0, 0, 0, 0, 0, .. "mdirappl"u8, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        var data = Box("udta", Box("meta", new byte[4], Box("hdlr", handler), Box("ilst", tag)));
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        var movie = bytes.AsSpan().LastIndexOf("moov"u8) - 4;
        var old = bytes.AsSpan(movie).IndexOf("udta"u8);
        if (old > 0)
        {
            "free"u8.CopyTo(bytes.AsSpan(movie + old));
        }
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(movie), bytes.Length - movie + data.Length);
        await File.WriteAllBytesAsync(file, [.. bytes, .. data], TestContext.Current.CancellationToken);
    }

    private static byte[] Box(string type, params byte[][] content)
    {
        var body = content.SelectMany(part => part).ToArray();
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, body.Length + 8);
        return [.. length, .. Encoding.ASCII.GetBytes(type), .. body];
    }
}
