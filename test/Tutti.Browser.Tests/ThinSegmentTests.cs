using System.Text.Json;

namespace Tutti.Browser.Tests;

/// <summary>The thin copies of segments, decoded by a real browser, against the exact ones.</summary>
public sealed class ThinSegmentTests(House house) : BrowserTest(house)
{
    // Both copies of a segment, decoded; how many samples each has, and at which shift they are most alike.
    private const string Compare = """
        async ({ room, index }) => {
          const key = await new Promise((found) => {
            const socket = new WebSocket(`ws://${location.host}/ws`);
            socket.onopen = () => socket.send(JSON.stringify({ type: "hello", protocol: 1, room, device: { id: "thin-test", name: "Thin", kind: "control" } }));
            socket.onmessage = ({ data }) => {
              const media = JSON.parse(data).state?.queue?.[0]?.media;
              if (media) { socket.close(); found(media.key); }
            };
          });
          const context = new OfflineAudioContext(2, 1, 48000);
          const load = async (tier) => context.decodeAudioData(await (await fetch(`/media/${key}/${tier}/${index}`)).arrayBuffer());
          const [exact, thin] = [await load("flac"), await load("opus")];
          const a = exact.getChannelData(0), b = thin.getChannelData(0);
          const length = b.length >= 8640 ? b.length - 4800 : b.length >= 2880 ? (b.length - 960) / 2 : b.length / 3;
          const lead = Math.min(3840, length);
          const alike = (from, count, shift) => {
            let ab = 0, aa = 0, bb = 0;
            for (let i = from; i < from + count; i++) {
              const x = a[i], y = b[lead + i + shift];
              ab += x * y; aa += x * x; bb += y * y;
            }
            return ab / Math.sqrt(aa * bb);
          };
          const best = (from, count) => {
            let found = { shift: 0, height: -1 };
            for (let shift = -40; shift <= 40; shift++) {
              const height = alike(from, count, shift);
              if (height > found.height) found = { shift, height };
            }
            return found;
          };
          return { exact: a.length, thin: length, start: best(0, 2400), middle: best(20000, 20000), end: best(a.length - 2400, 2400) };
        }
        """;

    [Theory]
    [InlineData(0, 96_000)]
    [InlineData(9, 96_000)]
    [InlineData(22, 48_000)]
    public async Task A_thin_segment_has_the_very_samples_of_the_exact_one_at_their_places(int index, int samples)
    {
        var room = await NewRoomAsync();
        await room.PlayAsync(await room.TrackIdAsync(House.Titles[0], Cancellation), Cancellation);
        var browser = await OpenAsync($"/r/{room.Code}");
        var compared = await browser.Page.EvaluateAsync<JsonElement>(Compare, new { room = room.Code, index });
        Assert.Equal(samples, compared.GetProperty("exact").GetInt32());
        Assert.Equal(samples, compared.GetProperty("thin").GetInt32());
        foreach (var part in new[] { "start", "middle", "end" })
        {
            var best = compared.GetProperty(part);
            Assert.True(best.GetProperty("shift").GetInt32() == 0 && best.GetProperty("height").GetDouble() > 0.95, $"{part}: {best}");
        }
    }
}
