using System.Text;
using Tutti.SoundLab.Signals;

namespace Tutti.SoundLab.Analysis;

/// <summary>Keeps a recording for other tools: RIFF WAVE, 32-bit float, one channel a player.</summary>
internal static class WavFile
{
    private const int FormatBytes = 16, FloatFormat = 3;

    public static void Write(string path, Recording recording)
    {
        var players = recording.Sounds.Length;
        var dataBytes = (uint)(recording.Length * players * sizeof(float));
        using BinaryWriter file = new(File.Create(path), Encoding.ASCII);
        file.Write("RIFF"u8);
        file.Write(36 + dataBytes);
        file.Write("WAVEfmt "u8);
        file.Write(FormatBytes);
        file.Write((short)FloatFormat);
        file.Write((short)players);
        file.Write(TestTrack.SampleRate);
        file.Write(TestTrack.SampleRate * players * sizeof(float));
        file.Write((short)(players * sizeof(float)));
        file.Write((short)(8 * sizeof(float)));
        file.Write("data"u8);
        file.Write(dataBytes);
        for (var i = 0; i < recording.Length; i++)
        {
            foreach (var sound in recording.Sounds)
            {
                file.Write(sound[i]);
            }
        }
    }
}
