using System.Numerics;
using BasinVolume.Kernels;
using ILGPU;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>
/// The gradient of the softmax loss in the logits, one thread an element; and its second derivative applied to directions, one thread a direction and sample.
/// </summary>
internal sealed class SoftmaxDerivatives<T>(IlgpuDevice device)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IlgpuKernel<AdjointArguments> _adjoint = device.Load<AdjointArguments>(Adjoint);
    private readonly IlgpuKernel<CurvatureArguments> _curvature = device.Load<CurvatureArguments>(Curvature);

    public void LaunchAdjoint(int samples, int classes, View<T> probabilities, View<int> labels, View<T> weights, View<T> logitsAdjoint)
    {
        long length = (long)samples * classes;
        if (length == 0)
            return;
        _adjoint.Launch(length, new AdjointArguments
        {
            Probabilities = device.Take(probabilities, length),
            Weights = device.Take(weights, samples),
            LogitsAdjoint = device.Take(logitsAdjoint, length),
            Labels = device.Take(labels, samples),
            Classes = classes,
        });
    }

    public void LaunchCurvature(int entries, int samples, int classes, View<T> probabilities, View<T> weights, View<T> x, View<T> y)
    {
        long length = (long)entries * samples * classes;
        if (length == 0)
            return;
        _curvature.Launch((long)entries * samples, new CurvatureArguments
        {
            Probabilities = device.Take(probabilities, (long)samples * classes),
            Weights = device.Take(weights, samples),
            X = device.Take(x, length),
            Y = device.Take(y, length),
            Samples = samples,
            Classes = classes,
        });
    }

    internal static void Adjoint(Index1D thread, AdjointArguments arguments)
    {
        int sample = thread / arguments.Classes;
        int label = (sample * arguments.Classes) + arguments.Labels[sample];
        T difference = arguments.Probabilities[thread];
        if (thread == label)
        {
            T others = T.Zero;
            for (int c = sample * arguments.Classes; c < (sample + 1) * arguments.Classes; c++)
                others += c == label ? T.Zero : arguments.Probabilities[c];
            difference = -others;
        }

        arguments.LogitsAdjoint[thread] = arguments.Weights[sample] * difference;
    }

    internal static void Curvature(Index1D thread, CurvatureArguments arguments)
    {
        int sample = thread % arguments.Samples;
        int p = sample * arguments.Classes;
        int x = thread * arguments.Classes;
        T reference = T.Zero;
        for (int c = 0; c < arguments.Classes; c++)
            reference += arguments.Probabilities[p + c] * arguments.X[x + c];
        for (int c = 0; c < arguments.Classes; c++)
            reference = arguments.Probabilities[p + c] + arguments.Probabilities[p + c] > T.One ? arguments.X[x + c] : reference;
        T mean = T.Zero;
        for (int c = 0; c < arguments.Classes; c++)
            mean += arguments.Probabilities[p + c] * (arguments.X[x + c] - reference);
        T weight = arguments.Weights[sample];
        for (int c = 0; c < arguments.Classes; c++)
            arguments.Y[x + c] = weight * (arguments.Probabilities[p + c] * (arguments.X[x + c] - reference - mean));
    }

    internal struct AdjointArguments
    {
        public ArrayView<T> Probabilities;
        public ArrayView<T> Weights;
        public ArrayView<T> LogitsAdjoint;
        public ArrayView<int> Labels;
        public int Classes;
    }

    internal struct CurvatureArguments
    {
        public ArrayView<T> Probabilities;
        public ArrayView<T> Weights;
        public ArrayView<T> X;
        public ArrayView<T> Y;
        public int Samples;
        public int Classes;
    }
}
