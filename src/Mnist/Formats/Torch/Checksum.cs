namespace BasinVolume.Mnist.Formats.Torch;

/// <summary>The checksum of zip files, which .NET's reader leaves unchecked.</summary>
internal static class Checksum
{
    private const uint Polynomial = 0xedb88320;

    /// <summary>CRC-32 as in ISO 3309.</summary>
    public static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        uint remainder = uint.MaxValue;
        foreach (byte value in bytes)
        {
            remainder ^= value;
            for (int bit = 0; bit < 8; bit++)
                remainder = (remainder >> 1) ^ (Polynomial & (uint)-(int)(remainder & 1));
        }

        return ~remainder;
    }
}
