using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Tutti.Server.Media.Flac;

/// <summary>Writes bits, most significant first (RFC 9639 §5), into one growing buffer that is reused from segment to segment.</summary>
internal sealed class FlacBitWriter
{
    private byte[] _buffer = new byte[512 * 1024];
    private int _length;
    private ulong _pending;
    private int _pendingBits;

    /// <summary>Whole bytes written so far; the writer must be aligned.</summary>
    public int Length => _length;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public void Clear() => (_length, _pending, _pendingBits) = (0, 0, 0);

    /// <summary>Makes room once, so that <see cref="Write"/> needs no check of its own.</summary>
    public void Reserve(int bytes)
    {
        var needed = _length + bytes + 16;
        if (needed > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(needed, _buffer.Length * 2));
        }
    }

    /// <summary>Appends the low <paramref name="bits"/> (0–32) bits of <paramref name="value"/>; higher bits must be zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(uint value, int bits)
    {
        _pending = (_pending << bits) | value;
        _pendingBits += bits;
        if (_pendingBits >= 32)
        {
            _pendingBits -= 32;
            BinaryPrimitives.WriteUInt32BigEndian(_buffer.AsSpan(_length), (uint)(_pending >> _pendingBits));
            _length += 4;
        }
    }

    /// <summary>Appends <paramref name="value"/> in two's complement with <paramref name="bits"/> (1–32) bits.</summary>
    public void WriteSigned(int value, int bits) => Write((uint)((ulong)(uint)value & ((1UL << bits) - 1)), bits);

    /// <summary>Appends zeros, then nothing: the first part of a unary number of any length.</summary>
    public void WriteZeros(uint count)
    {
        Reserve((int)(count / 8));
        for (; count > 32; count -= 32)
        {
            Write(0, 32);
        }
        Write(0, (int)count);
    }

    /// <summary>Fills the last byte with zero bits and moves everything pending to the buffer.</summary>
    public void Align()
    {
        var padding = -_pendingBits & 7;
        _pending <<= padding;
        _pendingBits += padding;
        while (_pendingBits > 0)
        {
            _pendingBits -= 8;
            _buffer[_length++] = (byte)(_pending >> _pendingBits);
        }
    }

    /// <summary>Appends whole bytes; the writer must be aligned.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Overwrites bytes written earlier, for what is known only at the end (STREAMINFO).</summary>
    public void Patch(int offset, ReadOnlySpan<byte> bytes) => bytes.CopyTo(_buffer.AsSpan(offset, bytes.Length));
}
