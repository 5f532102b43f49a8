using System.Buffers.Binary;
using System.Text;

namespace BasinVolume.Fuzz.Tests;

/// <summary>Damage to bytes, whatever they mean.</summary>
internal static class Mutation
{
    private const int MostSteps = 6;
    private const int MostLength = 1 << 20;

    private static readonly long[] Numbers =
    [
        0, 1, -1, 2, 127, 128, 255, 256, 32767, 65535, 65536,
        int.MaxValue, int.MinValue, uint.MaxValue, 1L << 32, 1L << 62, long.MaxValue, long.MinValue,
    ];

    private static readonly string[] Words =
    [
        "0", "-1", "1", "2147483647", "2147483648", "4611686018427387904", "9223372036854775807", "99999999999999999999999", "1e308", "1e400", "-0.0",
        "nan", "null", "", "\"", "{", "[", "\\ud800", "../", "\u001b[31m", "\u202e", "\0",
    ];

    /// <summary>One of the files with a few faults in it.</summary>
    public static byte[] Of(IReadOnlyList<byte[]> files, Random random)
    {
        byte[] bytes = files[random.Next(files.Count)];
        for (int step = random.Next(1, MostSteps); step > 0; step--)
            bytes = Step(bytes, files, random);
        return bytes.Length <= MostLength ? bytes : bytes[..MostLength];
    }

    private static byte[] Step(byte[] bytes, IReadOnlyList<byte[]> files, Random random)
    {
        if (bytes.Length == 0)
            return [(byte)random.Next(256)];
        (int from, int to) = Range(bytes.Length, random);
        switch (random.Next(11))
        {
            case 0:
                return Changed(bytes, from, (byte)(bytes[from] ^ (1 << random.Next(8))));
            case 1:
                return Changed(bytes, from, (byte)random.Next(256));
            case 2:
                return Changed(bytes, from, random.Next(4) switch { 0 => 0, 1 => byte.MaxValue, 2 => 127, _ => 128 });
            case 3:
                return bytes[..from];
            case 4:
                return [.. bytes[..from], .. bytes[to..]];
            case 5:
                return [.. bytes[..to], .. bytes[from..]];
            case 6:
                byte[] inserted = new byte[random.Next(1, 20)];
                random.NextBytes(inserted);
                return [.. bytes[..from], .. inserted, .. bytes[from..]];
            case 7:
                byte[] other = files[random.Next(files.Count)];
                (int first, int last) = Range(other.Length, random);
                return [.. bytes[..from], .. other[first..last], .. bytes[to..]];
            case 8:
                return [.. bytes[..from], .. Encoding.UTF8.GetBytes(Words[random.Next(Words.Length)]), .. bytes[(random.Next(2) == 0 ? from : to)..]];
            case 9:
                return WithDigits(bytes, from, random);
            default:
                return WithNumber(bytes, from, random);
        }
    }

    private static (int From, int To) Range(int length, Random random)
    {
        int from = random.Next(length);
        return (from, Math.Min(length, from + random.Next(1, random.Next(2) == 0 ? 8 : 200)));
    }

    private static byte[] Changed(byte[] bytes, int place, byte value)
    {
        byte[] copy = [.. bytes];
        copy[place] = value;
        return copy;
    }

    // A length or a place, in either byte order.
    private static byte[] WithNumber(byte[] bytes, int place, Random random)
    {
        Span<byte> number = stackalloc byte[8];
        long value = Numbers[random.Next(Numbers.Length)] + random.Next(-1, 2);
        bool isLittle = random.Next(2) == 0;
        int length = 1 << random.Next(1, 4);
        if (isLittle)
            BinaryPrimitives.WriteInt64LittleEndian(number, value);
        else
            BinaryPrimitives.WriteInt64BigEndian(number, value);
        byte[] copy = [.. bytes];
        length = Math.Min(length, copy.Length - place);
        (isLittle ? number[..length] : number[^length..]).CopyTo(copy.AsSpan(place));
        return copy;
    }

    // The next number that is written in digits.
    private static byte[] WithDigits(byte[] bytes, int place, Random random)
    {
        int from = place, to;
        while (from < bytes.Length && !char.IsAsciiDigit((char)bytes[from]))
            from++;
        for (to = from; to < bytes.Length && char.IsAsciiDigit((char)bytes[to]);)
            to++;
        return [.. bytes[..from], .. Encoding.ASCII.GetBytes(Words[random.Next(12)]), .. bytes[to..]];
    }
}
