using System.Numerics;
using BasinVolume.Kernels.Elementary;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Host.Parts;
using BasinVolume.Kernels.Host.Registers;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host.Rows;

/// <summary>y = s (x − μ) with s = 1/√(σ² + ε); a part is some rows.</summary>
internal readonly struct Standardise<T>(int rows, int width, T epsilon, View<T> x, View<T> y, View<T> scales) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HostView<T> _x = new(x, (long)rows * width);
    private readonly HostView<T> _y = new(y, (long)rows * width);
    private readonly HostView<T> _scales = new(scales, rows);

    public void Run(int part)
    {
        (int first, int end) = Blocks.RowsOf(part, rows, width);
        for (int r = first; r < end; r++)
            _scales.Span[r] = One(_x.Slice(r * width, width), epsilon, _y.Slice(r * width, width));
    }

    private static T One(ReadOnlySpan<T> x, T epsilon, Span<T> y)
    {
        T mean = RowSums.Of(x) / T.CreateTruncating(x.Length);
        for (int i = 0; i < x.Length; i++)
            y[i] = x[i] - mean;
        T scale = T.One / SquareRoot.Of((RowSums.OfProducts(y, y) / T.CreateTruncating(x.Length)) + epsilon);
        for (int i = 0; i < x.Length; i++)
            y[i] *= scale;
        return scale;
    }
}

/// <summary>result = s (x − ⟨x⟩ − y ⟨y ⊙ x⟩), ⟨ ⟩ the mean over a row, or added; a part is some rows of one entry.</summary>
internal readonly struct StandardiseDerivative<T>(
    int entries, int rows, int width, View<T> y, View<T> scales, View<T> x, View<T> result, bool accumulate) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HostView<T> _y = new(y, (long)rows * width);
    private readonly HostView<T> _scales = new(scales, rows);
    private readonly HostView<T> _x = new(x, (long)entries * rows * width);
    private readonly HostView<T> _result = new(result, (long)entries * rows * width);

    public void Run(int part)
    {
        (int block, int entry) = Math.DivRem(part, entries);
        (int first, int end) = Blocks.RowsOf(block, rows, width);
        for (int r = first; r < end; r++)
        {
            int place = ((entry * rows) + r) * width;
            One(_y.Slice(r * width, width), _scales.Span[r], _x.Slice(place, width), _result.Slice(place, width));
        }
    }

    private void One(ReadOnlySpan<T> y, T scale, ReadOnlySpan<T> x, Span<T> result)
    {
        T width = T.CreateTruncating(x.Length), mean = RowSums.Of(x) / width, slope = RowSums.OfProducts(y, x) / width;
        for (int i = 0; i < x.Length; i++)
        {
            T value = scale * (x[i] - mean - (y[i] * slope));
            result[i] = accumulate ? result[i] + value : value;
        }
    }
}

/// <summary>
/// result −= s² (α b + β a + y ⟨a ⊙ g⟩) with α = ⟨y ⊙ x⟩, β = ⟨y ⊙ g⟩, a = x − ⟨x⟩ − α y and b = g − ⟨g⟩ − β y; a part is some rows of one entry.
/// </summary>
internal readonly struct AddStandardiseSecondDerivative<T>(
    int entries, int rows, int width, View<T> y, View<T> scales, View<T> adjoint, View<T> x, View<T> result) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HostView<T> _y = new(y, (long)rows * width);
    private readonly HostView<T> _scales = new(scales, rows);
    private readonly HostView<T> _adjoint = new(adjoint, (long)rows * width);
    private readonly HostView<T> _x = new(x, (long)entries * rows * width);
    private readonly HostView<T> _result = new(result, (long)entries * rows * width);

    public void Run(int part)
    {
        (int block, int entry) = Math.DivRem(part, entries);
        (int first, int end) = Blocks.RowsOf(block, rows, width);
        for (int r = first; r < end; r++)
        {
            int place = ((entry * rows) + r) * width;
            One(_y.Slice(r * width, width), _scales.Span[r], _adjoint.Slice(r * width, width), _x.Slice(place, width), _result.Slice(place, width));
        }
    }

    private static void One(ReadOnlySpan<T> y, T scale, ReadOnlySpan<T> adjoint, ReadOnlySpan<T> x, Span<T> result)
    {
        T width = T.CreateTruncating(x.Length);
        T xMean = RowSums.Of(x) / width, xSlope = RowSums.OfProducts(y, x) / width;
        T adjointMean = RowSums.Of(adjoint) / width, adjointSlope = RowSums.OfProducts(y, adjoint) / width;
        T product = T.Zero;
        for (int i = 0; i < x.Length; i++)
            product += (x[i] - xMean - (y[i] * xSlope)) * adjoint[i];
        product /= width;
        for (int i = 0; i < x.Length; i++)
        {
            T a = x[i] - xMean - (y[i] * xSlope), b = adjoint[i] - adjointMean - (y[i] * adjointSlope);
            result[i] -= scale * scale * ((xSlope * b) + (adjointSlope * a) + (y[i] * product));
        }
    }
}

/// <summary>Sums over a row, in the lanes of a register, and then over these and the rest.</summary>
internal static class RowSums
{
    /// <summary>Σ x.</summary>
    public static T Of<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector<T> lanes = Vector<T>.Zero;
        int i = 0;
        for (; i <= x.Length - Vector<T>.Count; i += Vector<T>.Count)
            lanes += new Vector<T>(x[i..]);
        T rest = T.Zero;
        for (; i < x.Length; i++)
            rest += x[i];
        return Vector.Sum(lanes) + rest;
    }

    /// <summary>Σ x ⊙ y.</summary>
    public static T OfProducts<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector<T> lanes = Vector<T>.Zero;
        int i = 0;
        for (; i <= x.Length - Vector<T>.Count; i += Vector<T>.Count)
            lanes = Simd.MultiplyAdd(new Vector<T>(x[i..]), new Vector<T>(y[i..]), lanes);
        T rest = T.Zero;
        for (; i < x.Length; i++)
            rest = Simd.MultiplyAdd(x[i], y[i], rest);
        return Vector.Sum(lanes) + rest;
    }
}
