using System.Numerics;
using System.Runtime.InteropServices;

namespace BasinVolume.Kernels.Host.Gathering;

/// <summary>Indices of a row's elements, looked at once before they are used.</summary>
internal static class Indices
{
    /// <summary>Whether each is one of 0 … <paramref name="length"/> − 1.</summary>
    public static bool AreAllInside(ReadOnlySpan<int> indices, int length)
    {
        // Below 0 they are large without a sign.
        ReadOnlySpan<uint> values = MemoryMarshal.Cast<int, uint>(indices);
        ReadOnlySpan<Vector<uint>> vectors = MemoryMarshal.Cast<uint, Vector<uint>>(values);
        var largest = Vector<uint>.Zero;
        foreach (Vector<uint> vector in vectors)
            largest = Vector.Max(largest, vector);
        bool inside = Vector.LessThanAll(largest, new Vector<uint>((uint)length)) || values.IsEmpty;
        foreach (uint value in values[(vectors.Length * Vector<uint>.Count)..])
            inside &= value < (uint)length;
        return inside;
    }
}
