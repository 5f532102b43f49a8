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
        int top = SoftmaxOfRow.Top(arguments.Logits, row, arguments.Classes);
        T others = SoftmaxOfRow.Write<T, TElementary>(arguments.Logits, row, arguments.Classes, top, arguments.Probabilities);
        arguments.Losses[sample] = TElementary.Log1P(others) + (arguments.Logits[row + top] - arguments.Logits[row + arguments.Labels[sample]]);
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
