using System.Numerics;
using BasinVolume.Kernels;
using ILGPU;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>The kernels on plain vectors: axpy, scale and fill, one thread an element.</summary>
internal sealed class VectorKernels<T>(IlgpuDevice device)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IlgpuKernel<PairArguments> _axpy = device.Load<PairArguments>(Axpy);
    private readonly IlgpuKernel<SingleArguments> _scale = device.Load<SingleArguments>(Scale);
    private readonly IlgpuKernel<SingleArguments> _fill = device.Load<SingleArguments>(Fill);

    public void LaunchAxpy(int length, T a, View<T> x, View<T> y)
        => _axpy.Launch(length, new PairArguments { X = device.Take(x, length), Y = device.Take(y, length), A = a });

    public void LaunchScale(int length, T a, View<T> x) => _scale.Launch(length, new SingleArguments { X = device.Take(x, length), A = a });

    public void LaunchFill(int length, T value, View<T> x) => _fill.Launch(length, new SingleArguments { X = device.Take(x, length), A = value });

    internal static void Axpy(Index1D thread, PairArguments arguments) => arguments.Y[thread] += arguments.A * arguments.X[thread];

    internal static void Scale(Index1D thread, SingleArguments arguments) => arguments.X[thread] *= arguments.A;

    internal static void Fill(Index1D thread, SingleArguments arguments) => arguments.X[thread] = arguments.A;

    internal struct PairArguments
    {
        public ArrayView<T> X;
        public ArrayView<T> Y;
        public T A;
    }

    internal struct SingleArguments
    {
        public ArrayView<T> X;
        public T A;
    }
}
