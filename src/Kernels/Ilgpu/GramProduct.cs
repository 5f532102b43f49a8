using System.Numerics;
using ILGPU;

namespace BasinVolume.Kernels.Ilgpu;

/// <summary>g = Xᵀ diag(w) X for each member, one thread an element of the upper triangle.</summary>
internal sealed class GramProduct<T>(IlgpuDevice device)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IlgpuKernel<Arguments> _kernel = device.Load<Arguments>(WeightedGram);

    public void Launch(int features, in MatrixBatch<T> weights, View<T> x, View<T> grams)
    {
        long total = (long)weights.Columns * features * features;
        if (total == 0)
            return;
        _kernel.Launch(total, new Arguments
        {
            Weights = device.Take(weights, 1),
            X = device.Take(x, (long)weights.Rows * features),
            Grams = device.Take(grams, total),
            Samples = weights.Rows,
            Features = features,
            WeightRow = weights.RowStride,
            WeightColumn = weights.ColumnStride,
        });
    }

    internal static void WeightedGram(Index1D thread, Arguments arguments)
    {
        int j = thread % arguments.Features;
        int row = thread / arguments.Features;
        int i = row % arguments.Features;
        if (j < i)
            return;
        int member = row / arguments.Features;
        T sum = T.Zero;
        for (int s = 0; s < arguments.Samples; s++)
        {
            T weighted = arguments.Weights[(s * arguments.WeightRow) + (member * arguments.WeightColumn)] * arguments.X[(s * arguments.Features) + i];
            sum += weighted * arguments.X[(s * arguments.Features) + j];
        }

        arguments.Grams[thread] = sum;
    }

    internal struct Arguments
    {
        public ArrayView<T> Weights;
        public ArrayView<T> X;
        public ArrayView<T> Grams;
        public int Samples;
        public int Features;
        public int WeightRow;
        public int WeightColumn;
    }
}
