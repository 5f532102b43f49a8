using System.Numerics;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Autodiff.Plans;

/// <summary>What a device computed of a chunk, added in double on the host whatever the device's precision is.</summary>
internal static class Accumulation
{
    /// <summary>sum = part, or sum += part, on all threads, with the same bits for any number of them.</summary>
    public static void Put<T>(HostThreads threads, ReadOnlyMemory<T> part, Memory<double> sum, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (accumulate)
            Add(threads, part, sum);
        else
            threads.Run(Stretches.Count(part.Length), new SetWork<T>(part, sum));
    }

    /// <summary>sum += part on all threads, with the same bits for any number of them.</summary>
    public static void Add<T>(HostThreads threads, ReadOnlyMemory<T> part, Memory<double> sum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => threads.Run(Stretches.Count(part.Length), new AddWork<T>(part, sum));

    /// <summary>sum += part, element by element, in double.</summary>
    public static void Add<T>(ReadOnlySpan<T> part, Span<double> sum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int done = 0;
        if (typeof(T) == typeof(double))
            done = AddVectors(MemoryMarshal.Cast<T, double>(part), sum);
        else if (typeof(T) == typeof(float))
            done = AddVectors(MemoryMarshal.Cast<T, float>(part), sum);
        for (int i = done; i < part.Length; i++)
            sum[i] += double.CreateTruncating(part[i]);
    }

    /// <summary>sum = part, element by element, in double.</summary>
    public static void Set<T>(ReadOnlySpan<T> part, Span<double> sum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int done = 0;
        if (typeof(T) == typeof(double))
            done = Copy(MemoryMarshal.Cast<T, double>(part), sum);
        else if (typeof(T) == typeof(float))
            done = SetVectors(MemoryMarshal.Cast<T, float>(part), sum);
        for (int i = done; i < part.Length; i++)
            sum[i] = double.CreateTruncating(part[i]);
    }

    // All three give how many elements they have done.
    private static int AddVectors(ReadOnlySpan<double> part, Span<double> sum)
    {
        ReadOnlySpan<Vector<double>> parts = MemoryMarshal.Cast<double, Vector<double>>(part);
        Span<Vector<double>> sums = MemoryMarshal.Cast<double, Vector<double>>(sum[..part.Length]);
        for (int i = 0; i < parts.Length; i++)
            sums[i] += parts[i];
        return parts.Length * Vector<double>.Count;
    }

    private static int AddVectors(ReadOnlySpan<float> part, Span<double> sum)
    {
        ReadOnlySpan<Vector<float>> parts = MemoryMarshal.Cast<float, Vector<float>>(part);
        Span<Vector<double>> sums = MemoryMarshal.Cast<double, Vector<double>>(sum[..part.Length]);
        for (int i = 0; i < parts.Length; i++)
        {
            Vector.Widen(parts[i], out Vector<double> low, out Vector<double> high);
            sums[2 * i] += low;
            sums[(2 * i) + 1] += high;
        }

        return parts.Length * Vector<float>.Count;
    }

    private static int SetVectors(ReadOnlySpan<float> part, Span<double> sum)
    {
        ReadOnlySpan<Vector<float>> parts = MemoryMarshal.Cast<float, Vector<float>>(part);
        Span<Vector<double>> sums = MemoryMarshal.Cast<double, Vector<double>>(sum[..part.Length]);
        for (int i = 0; i < parts.Length; i++)
            Vector.Widen(parts[i], out sums[2 * i], out sums[(2 * i) + 1]);
        return parts.Length * Vector<float>.Count;
    }

    private static int Copy(ReadOnlySpan<double> part, Span<double> sum)
    {
        part.CopyTo(sum);
        return part.Length;
    }

    private readonly struct AddWork<T>(ReadOnlyMemory<T> part, Memory<double> sum) : IPartitionedWork
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int number)
        {
            (int start, int length) = Stretches.Of(number, part.Length);
            Add(part.Span.Slice(start, length), sum.Span.Slice(start, length));
        }
    }

    private readonly struct SetWork<T>(ReadOnlyMemory<T> part, Memory<double> sum) : IPartitionedWork
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int number)
        {
            (int start, int length) = Stretches.Of(number, part.Length);
            Set(part.Span.Slice(start, length), sum.Span.Slice(start, length));
        }
    }
}
