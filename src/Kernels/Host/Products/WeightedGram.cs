using System.Numerics;
using BasinVolume.Kernels.Host.Parts;

namespace BasinVolume.Kernels.Host.Products;

/// <summary>
/// g_p = Xᵀ diag(w_p) X as a symmetric rank-k update. The left-hand operand Xᵀ is packed once for all p;
/// of the right-hand one, w ⊙ X, each part makes the strip of columns that it needs, by whole vectors.
/// Tiles below the diagonal are left out. Strips end with the last column, and the first one is filled up before its first:
/// what is missing there meets a few rows, and not all of them as at the other end.
/// </summary>
internal static class WeightedGram
{
    // Samples whose packed columns stay in the second-level cache while all entries use them.
    private const int Stretch = 2 * MatrixProduct.KBlock;

    public static void Run<T>(WorkSharing sharing, PackedOperand<T> workspace, int features, in MatrixBatch<T> weights, View<T> x, View<T> grams)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int samples = weights.Rows, entries = weights.Columns;
        if (entries == 0 || features == 0)
            return;
        // The innermost loops run without looking at lengths, so these throw here if a view is too short.
        View<T> all = grams.First((long)entries * features * features);
        View<T> inputs = x.First((long)samples * features);
        int rowStrips = ((features - 1) / Tile<T>.Rows) + 1;
        ArraySegment<T> left = workspace.Shared((long)rowStrips * Tile<T>.Rows * Math.Min(samples, Stretch));
        // A sum of no terms is still an output: one empty stretch writes the zeros.
        for (int first = 0; first == 0 || first < samples; first += Stretch)
        {
            int count = Math.Min(Stretch, samples - first);
            View<T> some = inputs.Slice(first * features, count * features);
            sharing.Run((long)count * features, rowStrips, new PackColumns<T>(count, features, some, left));
            MatrixBatch<T> theirs = count == samples
                ? weights
                : weights with { Data = weights.Data.Slice(first * weights.RowStride, weights.Data.Length - (first * weights.RowStride)), Rows = count };
            var strips = new GramStrips<T>(features, theirs, some, left, all, first > 0);
            sharing.Run((long)entries * features * features * count, strips.Parts, strips);
        }
    }
}
