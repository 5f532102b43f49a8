using System.Numerics;
using BasinVolume.Kernels.Elementary;

namespace BasinVolume.Kernels.Host.Rows;

/// <summary>
/// Softmax of one row, for whatever takes it: y = exp(x − x_m) / (1 + q), m the first of the largest elements and q the sum of the others' exponentials.
/// </summary>
internal static class SoftmaxOfRow
{
    /// <summary>m.</summary>
    public static int Top<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int top = 0;
        for (int c = 1; c < x.Length; c++)
            top = x[c] > x[top] ? c : top;
        return top;
    }

    /// <summary>Writes y.</summary>
    /// <returns>q.</returns>
    public static T Write<T, TElementary>(ReadOnlySpan<T> x, int top, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
    {
        T others = T.Zero;
        for (int c = 0; c < x.Length; c++)
        {
            y[c] = ExpOfDifference.Of<T, TElementary>(x[c], x[top]);
            others += c == top ? T.Zero : y[c];
        }

        for (int c = 0; c < x.Length; c++)
            y[c] /= T.One + others;
        return others;
    }
}
