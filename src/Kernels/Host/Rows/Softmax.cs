using System.Numerics;
using BasinVolume.Kernels.Elementary;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Host.Parts;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host.Rows;

/// <summary>y = exp(x − x_m) / (1 + q), m the largest element of a row and q the sum of the others' exponentials; a part is some rows.</summary>
internal readonly struct Softmax<T, TElementary>(int rows, int classes, View<T> x, View<T> y) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TElementary : struct, IElementary<T>
{
    private readonly HostView<T> _x = new(x, (long)rows * classes);
    private readonly HostView<T> _y = new(y, (long)rows * classes);

    public void Run(int part)
    {
        (int first, int end) = Blocks.RowsOf(part, rows, classes);
        for (int r = first; r < end; r++)
        {
            ReadOnlySpan<T> row = _x.Slice(r * classes, classes);
            SoftmaxOfRow.Write<T, TElementary>(row, SoftmaxOfRow.Top(row), _y.Slice(r * classes, classes));
        }
    }
}

/// <summary>
/// y += p ⊙ (z − ⟨p, z⟩) with z = u ⊙ c, u = x − ⟨p, x⟩ and c = ȳ − ⟨p, ȳ⟩, both after their element at the class that has more than half of p is taken off,
/// or their mean if there is none; a part is some rows of one entry.
/// </summary>
internal readonly struct AddSoftmaxSecondDerivative<T>(int entries, int rows, int classes, View<T> p, View<T> adjoint, View<T> x, View<T> y) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HostView<T> _p = new(p, (long)rows * classes);
    private readonly HostView<T> _adjoint = new(adjoint, (long)rows * classes);
    private readonly HostView<T> _x = new(x, (long)entries * rows * classes);
    private readonly HostView<T> _y = new(y, (long)entries * rows * classes);

    public void Run(int part)
    {
        (int block, int entry) = Math.DivRem(part, entries);
        (int first, int end) = Blocks.RowsOf(block, rows, classes);
        for (int r = first; r < end; r++)
        {
            int row = r * classes, place = ((entry * rows) + r) * classes;
            One(_p.Slice(row, classes), _adjoint.Slice(row, classes), _x.Slice(place, classes), _y.Slice(place, classes));
        }
    }

    private static void One(ReadOnlySpan<T> p, ReadOnlySpan<T> adjoint, ReadOnlySpan<T> x, Span<T> y)
    {
        T xReference = Reference(p, x), adjointReference = Reference(p, adjoint);
        T xMean = T.Zero, adjointMean = T.Zero, mean = T.Zero;
        for (int c = 0; c < p.Length; c++)
        {
            xMean += p[c] * (x[c] - xReference);
            adjointMean += p[c] * (adjoint[c] - adjointReference);
        }

        for (int c = 0; c < p.Length; c++)
            mean += p[c] * ((x[c] - xReference - xMean) * (adjoint[c] - adjointReference - adjointMean));
        for (int c = 0; c < p.Length; c++)
            y[c] += p[c] * (((x[c] - xReference - xMean) * (adjoint[c] - adjointReference - adjointMean)) - mean);
    }

    private static T Reference(ReadOnlySpan<T> p, ReadOnlySpan<T> x)
    {
        T reference = T.Zero;
        for (int c = 0; c < p.Length; c++)
            reference += p[c] * x[c];
        for (int c = 0; c < p.Length; c++)
            reference = p[c] + p[c] > T.One ? x[c] : reference;
        return reference;
    }
}
