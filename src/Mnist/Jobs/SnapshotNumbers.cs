using System.Runtime.InteropServices;

namespace BasinVolume.Mnist.Jobs;

/// <summary>Numbers of a snapshot, as they lie in memory, behind how many they are.</summary>
internal static class SnapshotNumbers
{
    extension(BinaryWriter writer)
    {
        /// <summary>Writes them.</summary>
        public void WriteNumbers<T>(ReadOnlySpan<T> numbers)
            where T : unmanaged
        {
            writer.Write(numbers.Length);
            // In pieces, for a span of bytes has at most 2³¹ of them.
            for (int first = 0; first < numbers.Length; first += Piece)
                writer.Write(MemoryMarshal.AsBytes(numbers[first..Math.Min(numbers.Length, first + Piece)]));
        }
    }

    extension(BinaryReader reader)
    {
        /// <summary>Reads them.</summary>
        public T[] ReadNumbers<T>()
            where T : unmanaged
        {
            var numbers = new T[reader.ReadInt32()];
            for (int first = 0; first < numbers.Length; first += Piece)
                reader.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan(first, Math.Min(numbers.Length - first, Piece))));
            return numbers;
        }
    }

    private const int Piece = 1 << 20;
}
