using BasinVolume.Curvature.Subspaces;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Traces;

/// <summary>
/// Orthonormal vectors of n elements that grow block by block: the rows of Y = L Q with L lower triangular. What a block has along all earlier vectors is taken
/// away, and the rest is made orthonormal (<see cref="BlockOrthonormalisation"/>), so that the rows are orthogonal to rounding however little of one is new.
/// </summary>
internal sealed class GrowingBasis
{
    private readonly Complement _complement;
    private readonly LongRows _products;
    private readonly BlockOrthonormalisation _orthonormalisation;
    private readonly List<Matrix> _blocks = [];
    private readonly List<Memory<double>> _rows = [];

    /// <summary>A basis of no vector.</summary>
    /// <param name="complement">What all vectors are kept in.</param>
    /// <param name="threads">The team to compute with; no result depends on its size.</param>
    public GrowingBasis(Complement complement, HostThreads threads)
    {
        (_complement, _products) = (complement, new LongRows(complement.Order, threads));
        _orthonormalisation = new(_products, complement.Known, draw: null);
    }

    /// <summary>How many vectors.</summary>
    public int Count => _rows.Count;

    /// <summary>The vectors, a row each, in blocks.</summary>
    public IReadOnlyList<Matrix> Blocks => _blocks;

    private RowRange Kept => new([.. _rows], 0, Count);

    /// <summary>V Qᵀ, [V, count].</summary>
    public Matrix Coordinates(Matrix vectors)
    {
        var all = new Matrix(vectors.Rows, Count);
        _products.Dot(RowRange.Of(vectors), Kept, all.Values);
        return all;
    }

    /// <summary>Adds vectors that are orthonormal already, and orthogonal to those that are there.</summary>
    public void AppendOrthonormal(Matrix vectors)
    {
        _blocks.Add(vectors);
        _rows.AddRange(RowRange.Of(vectors).All);
    }

    /// <summary>Adds what is new in some vectors.</summary>
    /// <param name="vectors">Y, [b, n] in the complement; used, and overwritten.</param>
    /// <param name="negligible">A vector of which no more than this is left brings nothing new and is left out.</param>
    public Appended Append(Matrix vectors, double negligible)
    {
        int before = Count, rows = vectors.Rows;
        var block = new RowBlock(vectors);
        int exponent = Scale(block.Rows);
        _complement.Project(vectors);
        double[] earlier = _products.Remove(block.Rows, Kept);
        BlockOrthonormalisation.Orthonormal own = _orthonormalisation.Apply(block, Kept, rows, Math.ScaleB(negligible, -exponent));
        var coefficients = new Matrix(rows, before + rows);
        for (int row = 0; row < rows; row++)
        {
            earlier.AsSpan(row * before, before).CopyTo(coefficients.Row(row));
            for (int j = 0; j <= row; j++)
                coefficients[row, before + j] = own.Factor[j, row];
        }

        Vectors.Scale<double>(coefficients.Values, Math.ScaleB(1, exponent));
        Matrix kept = own.Vanished.Length == 0 ? vectors : FirstRows(vectors, rows - own.Vanished.Length);
        if (kept.Rows > 0)
            AppendOrthonormal(kept);
        return new(coefficients, kept, Array.ConvertAll(own.Vanished, length => Math.ScaleB(length, exponent)));
    }

    // Divides by a power of two that brings the largest element near 1, so that no square is lost; gives its exponent.
    private int Scale(RowRange rows)
    {
        double largest = _products.Largest(rows);
        if (!double.IsFinite(largest))
            throw new MatrixException("A product with a random direction is not finite; give a matrix with finite elements.");
        if (largest == 0)
            return 0;
        int exponent = Magnitude.Exponent(largest);
        _products.Scale(rows, Math.ScaleB(1, -exponent));
        return exponent;
    }

    private static Matrix FirstRows(Matrix vectors, int count)
        => new(count, vectors.Columns, vectors.Values.AsSpan(0, count * vectors.Columns).ToArray());

    /// <summary>What a block brought.</summary>
    /// <param name="Coefficients">[b, count before + b]: each vector in the basis, the lower triangle of L; right only where none vanished.</param>
    /// <param name="Vectors">The new basis vectors, [b or fewer, n]; they are the basis's own.</param>
    /// <param name="Vanished">The lengths of what was left of vectors that brought nothing new.</param>
    public sealed record Appended(Matrix Coefficients, Matrix Vectors, double[] Vanished);
}
