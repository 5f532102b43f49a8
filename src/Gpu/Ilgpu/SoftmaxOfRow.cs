using System.Numerics;
using BasinVolume.Kernels.Elementary;
using ILGPU;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>
/// Softmax of one row by one thread, for every kernel that takes it: y = exp(x − x_m) / (1 + q), m the first of the largest elements and q the sum of the
/// others' exponentials.
/// </summary>
internal static class SoftmaxOfRow
{
    /// <summary>m, counted from the row's first element.</summary>
    public static int Top<T>(ArrayView<T> x, int row, int classes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int top = 0;
        for (int c = 1; c < classes; c++)
            top = x[row + c] > x[row + top] ? c : top;
        return top;
    }

    /// <summary>Writes y.</summary>
    /// <returns>q.</returns>
    public static T Write<T, TElementary>(ArrayView<T> x, int row, int classes, int top, ArrayView<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
    {
        T largest = x[row + top];
        T others = T.Zero;
        for (int c = 0; c < classes; c++)
        {
            T exponential = ExpOfDifference.Of<T, TElementary>(x[row + c], largest);
            y[row + c] = exponential;
            others += c == top ? T.Zero : exponential;
        }

        for (int c = 0; c < classes; c++)
            y[row + c] = y[row + c] / (T.One + others);
        return others;
    }
}
