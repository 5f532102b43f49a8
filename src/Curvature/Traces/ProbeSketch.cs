using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.Subspaces;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Traces;

/// <summary>
/// What products with random probes tell of B = PAP, P being the projection on a complement: with the probes ω_i,
/// <code>
/// y_i = B ω_i = Σ_a L_ia q_a,   z_a = A q_a,   H = Qᵀ A Q,   W = ΩᵀQ,
/// </code>
/// two products a probe. It grows block by block, and nothing that was computed is thrown away. Vectors that are given at the beginning are part of the basis
/// and of no probe.
/// </summary>
/// <param name="map">A.</param>
/// <param name="complement">Of what A is looked at.</param>
/// <param name="keepsImages">Whether z is kept for whoever needs its elements.</param>
/// <param name="threads">The team to compute with; no result depends on its size.</param>
internal sealed class ProbeSketch(ILinearMap map, Complement complement, bool keepsImages, HostThreads threads)
{
    /// <summary>Products are taken with so many directions at once, and vectors are kept in such blocks.</summary>
    public const int BlockRows = 16;

    private readonly List<Matrix> _probes = [];
    private readonly List<Matrix> _images = [];
    private readonly LongRows _rows = new(complement.Order, threads);
    private double _longestProduct;

    /// <summary>Q.</summary>
    public GrowingBasis Basis { get; } = new(complement, threads);

    /// <summary>How many basis vectors were given and belong to no probe: the first ones.</summary>
    public int Given { get; private set; }

    /// <summary>k.</summary>
    public int Probes { get; private set; }

    /// <summary>Ω, a probe a row, in blocks.</summary>
    public IReadOnlyList<Matrix> ProbeBlocks => _probes;

    /// <summary>A q, a row each, in the blocks of the basis; empty unless they are kept.</summary>
    public IReadOnlyList<Matrix> ImageBlocks => _images;

    /// <summary>[k, basis]: the products of the probes in the basis. Right as long as <see cref="Vanished"/> is empty.</summary>
    public Matrix Factor { get; private set; } = new(0, 0);

    /// <summary>[k, basis]: the probes in the basis.</summary>
    public Matrix Coordinates { get; private set; } = new(0, 0);

    /// <summary>H, [basis, basis], symmetric.</summary>
    public Matrix Compressed { get; private set; } = new(0, 0);

    /// <summary>Products with a direction until now.</summary>
    public long Products { get; private set; }

    /// <summary>‖H‖_F: about ‖A‖ where few eigenvalues are large, and more where many are.</summary>
    public double Norm { get; private set; }

    /// <summary>What was left, outside the basis, of products that brought nothing new: the range of B is spanned.</summary>
    public IReadOnlyList<double> Vanished { get; private set; } = [];

    /// <summary>Takes vectors into the basis that belong to no probe: orthonormal ones, before any probe.</summary>
    public void Give(Matrix vectors, CancellationToken cancellation)
    {
        foreach (Matrix block in BlocksOf(vectors))
        {
            Basis.AppendOrthonormal(block);
            AddImages(block, cancellation);
            Given += block.Rows;
        }
    }

    /// <summary>Adds probes, until the range is spanned.</summary>
    /// <param name="probes">[b, n], b at most <see cref="BlockRows"/>, in the complement; kept.</param>
    /// <param name="cancellation">Checked before each product of a block.</param>
    public void Grow(Matrix probes, CancellationToken cancellation)
    {
        Matrix products = Multiply(probes, cancellation);
        complement.Project(products);
        _longestProduct = Math.Max(_longestProduct, _rows.Norms(RowRange.Of(products)).Max());
        // What the sums of n terms round, in the products and in Gram and Schmidt.
        double negligible = 4 * Math.Sqrt(map.Order) * Spectrum.DoubleRoundoff * _longestProduct;
        GrowingBasis.Appended appended = Basis.Append(products, negligible);
        AddImages(appended.Vectors, cancellation);
        Vanished = [.. Vanished, .. appended.Vanished];
        if (Vanished.Count > 0)
            return;
        _probes.Add(probes);
        Probes += probes.Rows;
        Factor = Extended(Factor, appended.Coefficients);
        AddCoordinates(appended.Vectors);
    }

    /// <summary>Adds to the basis what random vectors bring, one product each: how the rest of a small space is spanned.</summary>
    /// <param name="vectors">[b, n]; overwritten.</param>
    /// <param name="cancellation">Checked before the products.</param>
    public void Span(Matrix vectors, CancellationToken cancellation) => AddImages(Basis.Append(vectors, 0).Vectors, cancellation);

    /// <summary>The rows of a matrix in blocks.</summary>
    public static IEnumerable<Matrix> BlocksOf(Matrix rows)
    {
        for (int first = 0; first < rows.Rows; first += BlockRows)
        {
            int count = Math.Min(BlockRows, rows.Rows - first);
            yield return new Matrix(count, rows.Columns, rows.Values.AsSpan(first * rows.Columns, count * rows.Columns).ToArray());
        }
    }

    private Matrix Multiply(Matrix directions, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var products = new Matrix(directions.Rows, directions.Columns);
        map.Multiply(directions, products, cancellation);
        Products += directions.Rows;
        return products;
    }

    private void AddImages(Matrix vectors, CancellationToken cancellation)
    {
        if (vectors.Rows == 0)
            return;
        Matrix images = Multiply(vectors, cancellation);
        Matrix rows = Basis.Coordinates(images);
        int before = Compressed.Rows;
        Matrix compressed = Extended(Compressed, rows);
        for (int row = before; row < compressed.Rows; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                double mean = column < before ? compressed[row, column] : (compressed[row, column] / 2) + (compressed[column, row] / 2);
                compressed[row, column] = compressed[column, row] = mean;
            }
        }

        Compressed = compressed;
        Norm = EuclideanNorm.Of(compressed.Values);
        if (!double.IsFinite(Norm))
            throw new MatrixException("A product with a direction is not finite; give a matrix with finite elements.");
        if (keepsImages)
            _images.Add(images);
    }

    // The last probes in the whole basis, and all probes in its last vectors.
    private void AddCoordinates(Matrix vectors)
    {
        Matrix last = _probes[^1];
        Matrix coordinates = Extended(Coordinates, Basis.Coordinates(last));
        int first = 0, from = Basis.Count - vectors.Rows;
        foreach (Matrix block in _probes.SkipLast(1))
        {
            _rows.Dot(RowRange.Of(block), RowRange.Of(vectors), coordinates, first, from);
            first += block.Rows;
        }

        Coordinates = coordinates;
    }

    // A matrix with more rows, whose earlier ones are padded with zeros to the same length.
    private static Matrix Extended(Matrix matrix, Matrix rows)
    {
        var result = new Matrix(matrix.Rows + rows.Rows, rows.Columns);
        for (int row = 0; row < matrix.Rows; row++)
            matrix.Row(row).CopyTo(result.Row(row));
        for (int row = 0; row < rows.Rows; row++)
            rows.Row(row).CopyTo(result.Row(matrix.Rows + row));
        return result;
    }
}
