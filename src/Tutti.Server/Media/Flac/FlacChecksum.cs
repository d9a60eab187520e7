namespace Tutti.Server.Media.Flac;

/// <summary>The two checksums of a FLAC frame (RFC 9639 §9.1.8 and §9.3): no reflection, initial value 0.</summary>
internal static class FlacChecksum
{
    private static readonly byte[] Table8 = BuildTable8();
    private static readonly ushort[] Table16 = BuildTable16();

    /// <summary>CRC-8 of the frame header, polynomial x⁸ + x² + x + 1.</summary>
    public static byte Crc8(ReadOnlySpan<byte> bytes)
    {
        byte crc = 0;
        foreach (var value in bytes)
        {
            crc = Table8[crc ^ value];
        }
        return crc;
    }

    /// <summary>CRC-16 of the whole frame but itself, polynomial x¹⁶ + x¹⁵ + x² + 1. Eight bytes a step, by eight tables.</summary>
    public static ushort Crc16(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0;
        var table = Table16.AsSpan();
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            crc ^= (uint)((bytes[0] << 8) | bytes[1]);
            crc = (uint)(table[(7 * 256) + (int)(crc >> 8)] ^ table[(6 * 256) + (int)(crc & 0xFF)]
                ^ table[(5 * 256) + bytes[2]] ^ table[(4 * 256) + bytes[3]]
                ^ table[(3 * 256) + bytes[4]] ^ table[(2 * 256) + bytes[5]]
                ^ table[256 + bytes[6]] ^ table[bytes[7]]);
        }
        foreach (var value in bytes)
        {
            crc = ((crc << 8) & 0xFFFF) ^ table[(int)((crc >> 8) ^ value)];
        }
        return (ushort)crc;
    }

    private static byte[] BuildTable8()
    {
        var table = new byte[256];
        for (var i = 0; i < 256; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x80) != 0 ? (crc << 1) ^ 0x07 : crc << 1;
            }
            table[i] = (byte)crc;
        }
        return table;
    }

    // Row r holds the checksum of a byte followed by r zero bytes.
    private static ushort[] BuildTable16()
    {
        var table = new ushort[8 * 256];
        for (var i = 0; i < 256; i++)
        {
            var crc = i << 8;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x8005 : crc << 1;
            }
            table[i] = (ushort)crc;
        }
        for (var i = 256; i < table.Length; i++)
        {
            var before = table[i - 256];
            table[i] = (ushort)((before << 8) ^ table[before >> 8]);
        }
        return table;
    }
}
