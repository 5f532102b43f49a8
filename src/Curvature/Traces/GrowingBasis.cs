using BasinVolume.Curvature.Dense;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Traces;

/// <summary>
/// Orthonormal vectors of n elements that grow block by block: the rows of Y = L Q with L lower triangular, by Gram and Schmidt.
/// Each pass removes all earlier vectors from a block by matrix products and then the block's own from each other; passes go on until one hardly shortens
/// any vector, so that the rows are orthogonal to rounding however small the pivots are.
/// </summary>
/// <param name="complement">What all vectors are kept in.</param>
/// <param name="threads">The team to compute with; no result depends on its size.</param>
internal sealed class GrowingBasis(Complement complement, HostThreads threads)
{
    // A pass that leaves this much of a vector's length has left rounding alone (Parlett, The Symmetric Eigenvalue Problem, section 6.9: 0.717).
    private const double HardlyShorter = 0.7;

    private const int MostPasses = 5;

    private readonly IKernels<double> _kernels = HostKernels.Doubles(threads);
    private readonly List<Matrix> _blocks = [];

    /// <summary>How many vectors.</summary>
    public int Count { get; private set; }

    /// <summary>The vectors, a row each, in blocks.</summary>
    public IReadOnlyList<Matrix> Blocks => _blocks;

    /// <summary>V Qᵀ, [V, count].</summary>
    public Matrix Coordinates(Matrix vectors)
    {
        var all = new Matrix(vectors.Rows, Count);
        int first = 0;
        foreach (Matrix block in _blocks)
        {
            if (vectors.Rows > 0)
                _kernels.MatrixProduct(
                    1, MatrixViews.Of(vectors), MatrixViews.Of(block).Transpose(), MatrixViews.Of(all).Columns(first, block.Rows), accumulate: false);
            first += block.Rows;
        }

        return all;
    }

    /// <summary>Adds vectors that are orthonormal already, and orthogonal to those that are there.</summary>
    public void AppendOrthonormal(Matrix vectors)
    {
        _blocks.Add(vectors);
        Count += vectors.Rows;
    }

    /// <summary>Adds what is new in some vectors.</summary>
    /// <param name="vectors">Y, [b, n] in the complement; used, and overwritten.</param>
    /// <param name="negligible">A vector of which no more than this is left brings nothing new and is left out.</param>
    public Appended Append(Matrix vectors, double negligible)
    {
        int before = Count, rows = vectors.Rows;
        var coefficients = new Matrix(rows, before + rows);
        for (int row = 0; row < rows; row++)
            coefficients[row, before + row] = 1;
        List<double> vanished = [];
        for (int pass = 0; pass < MostPasses; pass++)
        {
            complement.Project(vectors);
            Matrix earlier = Coordinates(vectors);
            Remove(earlier, vectors);
            Matrix pivots = pass == 0 ? Orthonormalise(vectors, negligible, vanished) : Orthonormalise(vectors, 0, []);
            Compose(coefficients, earlier, pivots);
            if (pass > 0 && Enumerable.Range(0, rows).All(row => pivots[row, row] is 0 or > HardlyShorter))
                break;
        }

        Matrix kept = vanished.Count == 0 ? vectors : WithoutZeroRows(vectors);
        if (kept.Rows > 0)
            AppendOrthonormal(kept);
        return new(coefficients, kept, [.. vanished]);
    }

    private void Remove(Matrix coordinates, Matrix vectors)
    {
        Matrix negative = new(coordinates.Rows, coordinates.Columns, [.. coordinates.Values.Select(value => -value)]);
        int first = 0;
        foreach (Matrix block in _blocks)
        {
            _kernels.MatrixProduct(
                1, MatrixViews.Of(negative).Columns(first, block.Rows), MatrixViews.Of(block), MatrixViews.Of(vectors), accumulate: true);
            first += block.Rows;
        }
    }

    // The rows of V = L U; a row of which nothing is left becomes zero, and its pivot too.
    private static Matrix Orthonormalise(Matrix vectors, double negligible, List<double> vanished)
    {
        var pivots = new Matrix(vectors.Rows, vectors.Rows);
        for (int row = 0; row < vectors.Rows; row++)
        {
            Span<double> vector = vectors.Row(row);
            for (int earlier = 0; earlier < row; earlier++)
            {
                double along = DotProduct.Of(vectors.Row(earlier), vector);
                Vectors.AddScaled(vector, -along, vectors.Row(earlier));
                pivots[row, earlier] = along;
            }

            double norm = EuclideanNorm.Of(vector);
            if (!double.IsFinite(norm))
                throw new MatrixException("A product with a random direction is not finite; give a matrix with finite elements.");
            bool isNew = norm > negligible;
            if (isNew)
            {
                pivots[row, row] = norm;
                Divide(vector, norm);
            }
            else
            {
                vanished.Add(norm);
                vector.Clear();
            }
        }

        return pivots;
    }

    // 1/|v| overflows for the smallest of vectors.
    private static void Divide(Span<double> vector, double norm)
    {
        foreach (ref double element in vector)
            element /= norm;
    }

    // Y = C Q + L V, V = E Q + P U: Y = (C + L E) Q + L P U.
    private static void Compose(Matrix coefficients, Matrix earlier, Matrix pivots)
    {
        int before = earlier.Columns, rows = earlier.Rows;
        for (int row = 0; row < rows; row++)
        {
            Span<double> all = coefficients.Row(row);
            double[] own = all[before..].ToArray();
            all[before..].Clear();
            for (int j = 0; j <= row; j++)
            {
                Vectors.AddScaled(all[..before], own[j], earlier.Row(j));
                Vectors.AddScaled(all[before..], own[j], pivots.Row(j));
            }
        }
    }

    private static Matrix WithoutZeroRows(Matrix vectors)
    {
        int[] kept = [.. Enumerable.Range(0, vectors.Rows).Where(row => vectors.Row(row).ContainsAnyExcept(0))];
        var result = new Matrix(kept.Length, vectors.Columns);
        for (int row = 0; row < kept.Length; row++)
            vectors.Row(kept[row]).CopyTo(result.Row(row));
        return result;
    }

    /// <summary>What a block brought.</summary>
    /// <param name="Coefficients">[b, count before + b]: each vector in the basis, the lower triangle of L; right only where none vanished.</param>
    /// <param name="Vectors">The new basis vectors, [b or fewer, n]; they are the basis's own.</param>
    /// <param name="Vanished">The lengths of what was left of vectors that brought nothing new.</param>
    public sealed record Appended(Matrix Coefficients, Matrix Vectors, double[] Vanished);
}
