using System.Diagnostics;
using System.Runtime.InteropServices;
using Tutti.Server.Media.Flac;

namespace Tutti.Server.Tests.Media;

/// <summary>The encoder against ffmpeg's decoder, which checks both checksums of each frame and knows nothing of our code.</summary>
public sealed class FlacEncoderTests
{
    public static TheoryData<string, int> Signals
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var signal in new[] { "noise", "silence", "square", "sine", "music", "same", "opposite", "impulses", "quietNoise", "leftOnly", "extremes" })
            {
                data.Add(signal, 96_000);
            }
            foreach (var length in new[] { 1, 2, 4, 5, 15, 16, 17, 47, 48, 49, 3839, 3840, 3841, 3845, 7680, 7681, 95_999, 12_345 })
            {
                data.Add("music", length);
                data.Add("noise", length);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Signals))]
    public void Ffmpeg_decodes_every_sample(string signal, int samples)
    {
        var pcm = Make(signal, samples);
        var flac = new FlacEncoder().Encode(pcm).ToArray();
        Assert.Equal(pcm, Decode(flac));
    }

    [Fact]
    public void Equal_samples_give_equal_bytes_whatever_was_encoded_before()
    {
        var pcm = Make("music", 96_000);
        var fresh = new FlacEncoder().Encode(pcm).ToArray();
        var used = new FlacEncoder();
        used.Encode(Make("noise", 5_000));
        used.Encode(Make("silence", 17));
        Assert.Equal(fresh, used.Encode(pcm).ToArray());
    }

    [Fact]
    public void Stream_information_tells_the_exact_sample_count()
    {
        var flac = new FlacEncoder().Encode(Make("music", 12_345));
        var packed = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(flac[18..]);
        Assert.Equal(12_345UL, packed & 0xF_FFFF_FFFF);
        Assert.Equal(48_000UL, packed >> 44);
    }

    [Fact]
    public void Silence_takes_next_to_nothing() => Assert.True(new FlacEncoder().Encode(new short[192_000]).Length < 600);

    [Fact]
    public void Noise_grows_by_less_than_a_hundredth()
    {
        var pcm = Make("noise", 96_000);
        Assert.True(new FlacEncoder().Encode(pcm).Length < pcm.Length * 2 * 1.01);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Refuses_what_is_not_pairs(int values) =>
        Assert.Throws<ArgumentException>(() => { new FlacEncoder().Encode(new short[values]); });

    private static short[] Make(string signal, int samples)
    {
        var random = new Random(20261121);
        var pcm = new short[samples * 2];
        for (var i = 0; i < samples; i++)
        {
            var phase = i * 2 * Math.PI / 48_000;
            var (left, right) = signal switch
            {
                "noise" => (random.Next(-32768, 32768), random.Next(-32768, 32768)),
                "silence" => (0, 0),
                "square" => (i % 100 < 50 ? 32767 : -32768, i % 73 < 30 ? -32768 : 32767),
                "sine" => ((int)(30_000 * Math.Sin(440 * phase)), (int)(20_000 * Math.Sin(1234 * phase))),
                "same" => ((int)(9_000 * Math.Sin(100 * phase)) + (i % 7), (int)(9_000 * Math.Sin(100 * phase)) + (i % 7)),
                "opposite" => (i % 2 == 0 ? 32767 : -32768, i % 2 == 0 ? -32768 : 32767),
                "impulses" => (i % 5000 == 4999 ? -32768 : 0, i % 7777 == 0 ? 32767 : 0),
                "quietNoise" => (random.Next(-2, 3), random.Next(-1, 2)),
                "leftOnly" => (random.Next(-9000, 9000), 0),
                "extremes" => (random.Next(2) * 65535 - 32768, random.Next(2) * 65535 - 32768),
                _ => Chord(phase, random),
            };
            pcm[2 * i] = (short)left;
            pcm[(2 * i) + 1] = (short)right;
        }
        return pcm;
    }

    private static (int Left, int Right) Chord(double phase, Random random)
    {
        var centre = (6000 * Math.Sin(220 * phase)) + (4000 * Math.Sin(277.2 * phase)) + (3000 * Math.Sin(329.6 * phase) * Math.Sin(phase));
        var sides = 1500 * Math.Sin(880 * phase);
        return ((int)(centre + sides) + random.Next(-40, 41), (int)(centre - sides) + random.Next(-40, 41));
    }

    private static short[] Decode(byte[] flac)
    {
        var start = new ProcessStartInfo("ffmpeg", "-v error -xerror -err_detect crccheck+bitstream+explode -f flac -i - -f s16le -")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var feeding = Task.Run(() =>
        {
            process.StandardInput.BaseStream.Write(flac);
            process.StandardInput.Close();
        });
        using var pcm = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(pcm);
        process.WaitForExit();
        feeding.Wait(TestContext.Current.CancellationToken);
        Assert.Equal("", errors.Result);
        return MemoryMarshal.Cast<byte, short>(pcm.ToArray()).ToArray();
    }
}
