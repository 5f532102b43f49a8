using System.Numerics;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Elementary;
using ILGPU;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>
/// Log-softmax with negative log-likelihood, one thread a sample: ln(1 + q) + (o_m − o_label), q the sum of exp(o_c − o_m) over the classes other than m, which
/// has the largest logit.
/// </summary>
internal sealed class SoftmaxLoss<T, TElementary>(IlgpuDevice device)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TElementary : struct, IElementary<T>
{
    private readonly IlgpuKernel<Arguments> _kernel = device.Load<Arguments>(Loss);

    public void Launch(int samples, int classes, View<T> logits, View<int> labels, View<T> losses, View<T> probabilities)
    {
        long length = (long)samples * classes;
        if (length == 0)
            return;
        _kernel.Launch(samples, new Arguments
        {
            Logits = device.Take(logits, length),
            Probabilities = device.Take(probabilities, length),
            Losses = device.Take(losses, samples),
            Labels = device.Take(labels, samples),
            Classes = classes,
        });
    }

    internal static void Loss(Index1D sample, Arguments arguments)
    {
        int row = sample * arguments.Classes;
        int top = 0;
        for (int c = 1; c < arguments.Classes; c++)
            top = arguments.Logits[row + c] > arguments.Logits[row + top] ? c : top;

        T largest = arguments.Logits[row + top];
        T others = T.Zero;
        for (int c = 0; c < arguments.Classes; c++)
        {
            T exponential = ExpOfDifference.Of<T, TElementary>(arguments.Logits[row + c], largest);
            arguments.Probabilities[row + c] = exponential;
            others += c == top ? T.Zero : exponential;
        }

        for (int c = 0; c < arguments.Classes; c++)
            arguments.Probabilities[row + c] = arguments.Probabilities[row + c] / (T.One + others);
        arguments.Losses[sample] = TElementary.Log1P(others) + (largest - arguments.Logits[row + arguments.Labels[sample]]);
    }

    internal struct Arguments
    {
        public ArrayView<T> Logits;
        public ArrayView<T> Probabilities;
        public ArrayView<T> Losses;
        public ArrayView<int> Labels;
        public int Classes;
    }
}
