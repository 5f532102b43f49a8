using System.Numerics;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Autodiff.Plans;

/// <summary>Numbers in double on their way to a device, whatever its precision is: each is the nearest that it has.</summary>
internal static class Rounding
{
    /// <summary>rounded = values, on all threads.</summary>
    public static void Copy<T>(HostThreads threads, ReadOnlyMemory<double> values, Memory<T> rounded)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => threads.Run(Stretches.Count(values.Length), new CopyWork<T>(values, rounded));

    /// <summary>rounded = values.</summary>
    public static void Copy<T>(ReadOnlySpan<double> values, Span<T> rounded)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int done = typeof(T) == typeof(float) ? CopyVectors(values, MemoryMarshal.Cast<T, float>(rounded)) : 0;
        for (int i = done; i < values.Length; i++)
            rounded[i] = T.CreateTruncating(values[i]);
    }

    // Gives how many elements it has done.
    private static int CopyVectors(ReadOnlySpan<double> values, Span<float> rounded)
    {
        ReadOnlySpan<Vector<double>> sources = MemoryMarshal.Cast<double, Vector<double>>(values);
        Span<Vector<float>> targets = MemoryMarshal.Cast<float, Vector<float>>(rounded[..values.Length]);
        for (int i = 0; i < targets.Length; i++)
            targets[i] = Vector.Narrow(sources[2 * i], sources[(2 * i) + 1]);
        return targets.Length * Vector<float>.Count;
    }

    private readonly struct CopyWork<T>(ReadOnlyMemory<double> values, Memory<T> rounded) : IPartitionedWork
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int part)
        {
            (int start, int length) = Stretches.Of(part, values.Length);
            Copy(values.Span.Slice(start, length), rounded.Span.Slice(start, length));
        }
    }
}
