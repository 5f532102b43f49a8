using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Operators;

/// <summary>
/// Y = α A B of two values, matrices in their last two dimensions, one product for each index of the dimensions before; either may be turned first.
/// Bilinear, so that all passes are products:
/// <code>
/// Ā += α Ȳ Bᵀ                 B̄ += α Aᵀ Ȳ
/// Ẏ = α (Ȧ B + A Ḃ)
/// Ā˙ += α (Ȳ˙ Bᵀ + Ȳ Ḃᵀ)     B̄˙ += α (Aᵀ Ȳ˙ + Ȧᵀ Ȳ)
/// </code>
/// With M = Aᵀ as the value its adjoint is that of A turned: M̄ = Āᵀ, written through a view with the strides exchanged.
/// α multiplies Ȳ and Ȳ˙ once, in place: nobody reads them after this operator. Both values may be the same one.
/// </summary>
public sealed record MatrixProduct : Operator
{
    private readonly int _rows;
    private readonly int _between;
    private readonly int _columns;
    private readonly bool[] _transposed;

    /// <summary>A matrix product.</summary>
    /// <param name="first">The shape of the first value, [.., M, K], or [.., K, M] if it is turned.</param>
    /// <param name="second">The shape of the second value, [.., K, N], or [.., N, K] if it is turned; the dimensions before are the first's.</param>
    /// <param name="transposeFirst">Whether the first one's last two dimensions are exchanged before.</param>
    /// <param name="transposeSecond">Whether the second one's are.</param>
    /// <param name="factor">α.</param>
    /// <exception cref="NetworkException">The values are no matrices that can be multiplied, or α is not a finite number other than 0.</exception>
    public MatrixProduct(Shape first, Shape second, bool transposeFirst = false, bool transposeSecond = false, double factor = 1)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (!double.IsFinite(factor) || factor == 0)
            throw new NetworkException($"The factor of a matrix product is {factor}; give a finite number other than 0.");
        Check(first, second);
        (_rows, int k) = Sizes(first, transposeFirst);
        (_between, _columns) = Sizes(second, transposeSecond);
        if (k != _between)
            throw new NetworkException(
                $"A matrix product takes as many columns of the first value as the second has rows; {Text(first, transposeFirst)} has {k}, "
                + $"{Text(second, transposeSecond)} has {_between}; turn one of them.");
        _transposed = [transposeFirst, transposeSecond];
        Factor = factor;
        Inputs = [first, second];
        Output = new Shape([.. first.Dimensions.AsSpan()[..^2], _rows, _columns]);
    }

    /// <summary>α.</summary>
    public double Factor { get; }

    /// <summary>Whether the first factor's last two dimensions are exchanged before.</summary>
    public bool TransposesFirst => _transposed[0];

    /// <summary>Whether the second factor's are.</summary>
    public bool TransposesSecond => _transposed[1];

    /// <inheritdoc/>
    public override string Description => "MatrixProduct";

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> Inputs { get; }

    /// <inheritdoc/>
    public override Shape Output { get; }

    private int Products => Output.Size / (_rows * _columns);

    /// <inheritdoc/>
    public override void Forward<T>(Frame<T> at)
    {
        int products = at.SamplesPerVector * Products;
        for (int vector = 0; vector < at.WeightVectors; vector++)
        {
            // A value that does not depend on the weights is there once for all weight vectors.
            View<T> a = OfVector(at.InputBatch(0), vector), b = OfVector(at.InputBatch(1), vector);
            View<T> y = at.Output.Slice(vector * at.OutputBatch.Stride, products * _rows * _columns);
            at.Kernels.MatrixProduct(products, First(a), Second(b), Result(y), false);
        }

        Multiply(at, at.Output);
    }

    /// <inheritdoc/>
    public override void Adjoint<T>(Frame<T> at)
    {
        Multiply(at, at.OutputAdjoint);
        int products = at.Samples * Products;
        if (!at.InputAdjoint(0).IsEmpty)
            at.Kernels.MatrixProduct(products, Result(at.OutputAdjoint), Second(at.Input(1)).Transpose(), First(at.InputAdjoint(0)), at.Accumulates(0));
        if (!at.InputAdjoint(1).IsEmpty)
            at.Kernels.MatrixProduct(products, First(at.Input(0)).Transpose(), Result(at.OutputAdjoint), Second(at.InputAdjoint(1)), at.Accumulates(1));
    }

    /// <inheritdoc/>
    public override void Tangent<T>(Frame<T> at)
    {
        var products = new DirectedProducts<T>(at.Kernels, at.Directions, at.Samples * Products);
        bool written = !at.InputTangent(0).IsEmpty;
        if (written)
            products.OfLeft(First(at.InputTangent(0)), Second(at.Input(1)), Result(at.OutputTangent), false);
        if (!at.InputTangent(1).IsEmpty)
            products.OfRight(First(at.Input(0)), Second(at.InputTangent(1)), Result(at.OutputTangent), written);
        Multiply(at, at.OutputTangent);
    }

    /// <inheritdoc/>
    public override void TangentAdjoint<T>(Frame<T> at)
    {
        Multiply(at, at.OutputTangentAdjoint);
        var products = new DirectedProducts<T>(at.Kernels, at.Directions, at.Samples * Products);
        MatrixBatch<T> yTangentAdjoint = Result(at.OutputTangentAdjoint), yAdjoint = Result(at.OutputAdjoint);
        if (!at.InputTangentAdjoint(0).IsEmpty)
        {
            MatrixBatch<T> aTangentAdjoint = First(at.InputTangentAdjoint(0));
            products.OfLeft(yTangentAdjoint, Second(at.Input(1)).Transpose(), aTangentAdjoint, at.Accumulates(0));
            if (at.HasAdjoints && !at.InputTangent(1).IsEmpty)
                products.OfRight(yAdjoint, Second(at.InputTangent(1)).Transpose(), aTangentAdjoint, true);
        }

        if (at.InputTangentAdjoint(1).IsEmpty)
            return;
        MatrixBatch<T> bTangentAdjoint = Second(at.InputTangentAdjoint(1));
        products.OfRight(First(at.Input(0)).Transpose(), yTangentAdjoint, bTangentAdjoint, at.Accumulates(1));
        if (at.HasAdjoints && !at.InputTangent(0).IsEmpty)
            products.OfLeft(First(at.InputTangent(0)).Transpose(), yAdjoint, bTangentAdjoint, true);
    }

    private static void Check(Shape first, Shape second)
    {
        ReadOnlySpan<int> a = first.Dimensions.AsSpan(), b = second.Dimensions.AsSpan();
        if (a.Length < 2 || a.Length != b.Length || !a[..^2].SequenceEqual(b[..^2]))
            throw new NetworkException(
                $"A matrix product takes two values with two dimensions or more that agree in all but the last two; got {first} and {second}.");
    }

    private static (int Rows, int Columns) Sizes(Shape shape, bool transposed)
        => transposed ? (shape.Dimensions[^1], shape.Dimensions[^2]) : (shape.Dimensions[^2], shape.Dimensions[^1]);

    private static string Text(Shape shape, bool transposed) => transposed ? $"{shape} turned" : $"{shape}";

    private static View<T> OfVector<T>(Batch<T> batch, int vector)
        where T : unmanaged
        => batch.Data.Slice(vector * batch.Stride, batch.Data.Length - (vector * batch.Stride));

    // A, M × K, whichever way it lies.
    private MatrixBatch<T> First<T>(View<T> data)
        where T : unmanaged
        => Lying(data, _rows, _between, _transposed[0]);

    // B, K × N.
    private MatrixBatch<T> Second<T>(View<T> data)
        where T : unmanaged
        => Lying(data, _between, _columns, _transposed[1]);

    // Y, M × N.
    private MatrixBatch<T> Result<T>(View<T> data)
        where T : unmanaged
        => Lying(data, _rows, _columns, false);

    private static MatrixBatch<T> Lying<T>(View<T> data, int rows, int columns, bool transposed)
        where T : unmanaged
        => transposed
            ? MatrixBatch<T>.RowMajor(data, columns, rows, rows * columns).Transpose()
            : MatrixBatch<T>.RowMajor(data, rows, columns, rows * columns);

    private void Multiply<T>(Frame<T> at, View<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Factor != 1)
            at.Kernels.Scale(y.Length, T.CreateTruncating(Factor), y);
    }
}
