using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Tutti.Server.Media.Flac;

/// <summary>
/// Encodes 16-bit stereo PCM at 48 kHz as a complete FLAC stream (RFC 9639, in its streamable subset, §7). Lossless and deterministic:
/// equal samples give equal bytes. Stream information holds the exact sample count and the MD5 of the samples.
/// </summary>
/// <remarks>Holds scratch memory of about 1 MB; use from one thread at a time.</remarks>
public sealed class FlacEncoder
{
    /// <summary>Samples a frame: 96,000 is 25 of them, and 3,840 = 15 × 2⁸ splits evenly into Rice partitions.</summary>
    public const int BlockSamples = 3840;

    public const int SampleRate = 48_000;
    public const int Channels = 2;
    private const int BitsPerSample = 16;
    private const int StreamInfoOffset = 8;
    private const int StreamInfoLength = 34;

    private readonly FlacBitWriter _writer = new();
    private readonly SubframeEncoder _subframe = new(BlockSamples);
    private readonly int[] _left = new int[BlockSamples];
    private readonly int[] _right = new int[BlockSamples];
    private readonly int[] _mid = new int[BlockSamples];
    private readonly int[] _side = new int[BlockSamples];

    // RFC 9639 §9.1.3, table 16: which two signals stand for the channels.
    private enum ChannelLayout
    {
        LeftRight = 0b0001,
        LeftSide = 0b1000,
        SideRight = 0b1001,
        MidSide = 0b1010,
    }

    /// <summary>Encodes one whole stream.</summary>
    /// <param name="interleaved">Left, right, left, right …; at least one pair, at most 2³⁰ values.</param>
    /// <returns>The stream; valid until the next call.</returns>
    /// <exception cref="ArgumentException">No samples, or an odd number of values.</exception>
    public ReadOnlySpan<byte> Encode(ReadOnlySpan<short> interleaved)
    {
        if (interleaved.IsEmpty || interleaved.Length % Channels != 0)
        {
            throw new ArgumentException("needs one or more pairs of samples", nameof(interleaved));
        }
        _writer.Clear();
        _writer.WriteBytes("fLaC"u8);
        // One metadata block, the last (0x80), of type STREAMINFO (0); its content is filled in at the end.
        _writer.WriteBytes([0x80, 0, 0, StreamInfoLength]);
        _writer.WriteBytes(stackalloc byte[StreamInfoLength]);

        var samples = interleaved.Length / Channels;
        var (smallest, largest) = (int.MaxValue, 0);
        for (var frame = 0; frame * BlockSamples < samples; frame++)
        {
            var start = _writer.Length;
            var first = frame * BlockSamples;
            WriteFrame((uint)frame, interleaved.Slice(first * Channels, Math.Min(BlockSamples, samples - first) * Channels));
            var length = _writer.Length - start;
            (smallest, largest) = (Math.Min(smallest, length), Math.Max(largest, length));
        }
        PatchStreamInfo(interleaved, smallest, largest);
        return _writer.Written;
    }

    private void WriteFrame(uint number, ReadOnlySpan<short> interleaved)
    {
        var count = interleaved.Length / Channels;
        var left = _left.AsSpan(0, count);
        var right = _right.AsSpan(0, count);
        var mid = _mid.AsSpan(0, count);
        var side = _side.AsSpan(0, count);
        for (var i = 0; i < count; i++)
        {
            int l = interleaved[2 * i];
            int r = interleaved[(2 * i) + 1];
            left[i] = l;
            right[i] = r;
            mid[i] = (l + r) >> 1;
            side[i] = l - r;
        }

        var layout = ChooseLayout(left, right, mid, side);
        var start = _writer.Length;
        WriteHeader(number, count, layout);
        switch (layout)
        {
            case ChannelLayout.LeftSide:
                _subframe.Encode(_writer, left, BitsPerSample);
                _subframe.Encode(_writer, side, BitsPerSample + 1);
                break;
            case ChannelLayout.SideRight:
                _subframe.Encode(_writer, side, BitsPerSample + 1);
                _subframe.Encode(_writer, right, BitsPerSample);
                break;
            case ChannelLayout.MidSide:
                _subframe.Encode(_writer, mid, BitsPerSample);
                _subframe.Encode(_writer, side, BitsPerSample + 1);
                break;
            default:
                _subframe.Encode(_writer, left, BitsPerSample);
                _subframe.Encode(_writer, right, BitsPerSample);
                break;
        }
        _writer.Align();
        Span<byte> crc = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(crc, FlacChecksum.Crc16(_writer.Written[start..]));
        _writer.WriteBytes(crc);
    }

    private static ChannelLayout ChooseLayout(ReadOnlySpan<int> left, ReadOnlySpan<int> right, ReadOnlySpan<int> mid, ReadOnlySpan<int> side)
    {
        var l = SubframeEncoder.Estimate(left, BitsPerSample);
        var r = SubframeEncoder.Estimate(right, BitsPerSample);
        var m = SubframeEncoder.Estimate(mid, BitsPerSample);
        var s = SubframeEncoder.Estimate(side, BitsPerSample + 1);
        var least = Math.Min(Math.Min(l + r, m + s), Math.Min(l + s, s + r));
        return least == l + r ? ChannelLayout.LeftRight
            : least == m + s ? ChannelLayout.MidSide
            : least == l + s ? ChannelLayout.LeftSide
            : ChannelLayout.SideRight;
    }

    // RFC 9639 §9.1. Fixed block size; the size itself is written as 16 bits at the end of the header.
    private void WriteHeader(uint number, int count, ChannelLayout layout)
    {
        var start = _writer.Length;
        _writer.Reserve(32);
        _writer.Write(0xFFF8, 16);
        _writer.Write(0b0111, 4);
        _writer.Write(0b1010, 4);
        _writer.Write((uint)layout, 4);
        _writer.Write(0b1000, 4);
        WriteCodedNumber(number);
        _writer.Write((uint)(count - 1), 16);
        _writer.Align();
        _writer.WriteBytes([FlacChecksum.Crc8(_writer.Written[start..])]);
    }

    // RFC 9639 §9.1.5: like UTF-8, up to 31 bits.
    private void WriteCodedNumber(uint number)
    {
        if (number < 0x80)
        {
            _writer.Write(number, 8);
            return;
        }
        var followers = 1;
        while (followers < 5 && number >> ((5 * followers) + 6) != 0)
        {
            followers++;
        }
        var lead = (0xFF00u >> (followers + 1)) & 0xFF;
        _writer.Write(lead | (number >> (6 * followers)), 8);
        for (var i = followers - 1; i >= 0; i--)
        {
            _writer.Write(0x80 | ((number >> (6 * i)) & 0x3F), 8);
        }
    }

    // RFC 9639 §8.2.
    private void PatchStreamInfo(ReadOnlySpan<short> interleaved, int smallestFrame, int largestFrame)
    {
        Span<byte> info = stackalloc byte[StreamInfoLength];
        BinaryPrimitives.WriteUInt16BigEndian(info, BlockSamples);
        BinaryPrimitives.WriteUInt16BigEndian(info[2..], BlockSamples);
        // Fields of 24 bits: the fourth byte of each write is written over by the next.
        BinaryPrimitives.WriteUInt32BigEndian(info[4..], (uint)smallestFrame << 8);
        BinaryPrimitives.WriteUInt32BigEndian(info[7..], (uint)largestFrame << 8);
        var samples = (ulong)(interleaved.Length / Channels);
        BinaryPrimitives.WriteUInt64BigEndian(info[10..], ((ulong)SampleRate << 44) | ((Channels - 1UL) << 41) | ((BitsPerSample - 1UL) << 36) | samples);
#pragma warning disable CA5351 // The format asks for MD5; it guards nothing.
        MD5.HashData(MemoryMarshal.AsBytes(interleaved), info[18..]);
#pragma warning restore CA5351
        _writer.Patch(StreamInfoOffset, info);
    }
}
