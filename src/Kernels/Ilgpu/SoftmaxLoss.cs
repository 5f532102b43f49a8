using System.Numerics;
using BasinVolume.Kernels.Elementary;
using ILGPU;

namespace BasinVolume.Kernels.Ilgpu;

/// <summary>
/// Log-softmax with negative log-likelihood, one thread a sample. With m the largest logit: loss = log Σ_c exp(o_c − m) + (m − o_label); the sum is at least 1 and no exponential overflows.
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
        T largest = arguments.Logits[row];
        for (int c = 1; c < arguments.Classes; c++)
        {
            T logit = arguments.Logits[row + c];
            largest = logit > largest ? logit : largest;
        }

        T sum = T.Zero;
        for (int c = 0; c < arguments.Classes; c++)
        {
            T exponential = TElementary.Exp(arguments.Logits[row + c] - largest);
            arguments.Probabilities[row + c] = exponential;
            sum += exponential;
        }

        for (int c = 0; c < arguments.Classes; c++)
            arguments.Probabilities[row + c] = arguments.Probabilities[row + c] / sum;
        arguments.Losses[sample] = TElementary.Log(sum) + (largest - arguments.Logits[row + arguments.Labels[sample]]);
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
