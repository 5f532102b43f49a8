using BasinVolume.Curvature.Dense;
using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.Subspaces;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Lanczos;

/// <summary>A space of directions that grows by the products of its last block, and what the map is in it.</summary>
/// <remarks>
/// V has orthonormal rows whose products are known, Q the block that comes next. With T = V A Vᵀ and E = Q A Vᵀ
/// <code>
/// A Vᵀ = Vᵀ T + Qᵀ E,
/// </code>
/// so that a Ritz pair T s = θ s, y = Vᵀ s, has the residual A y − θ y = Qᵀ E s. The product of Q gives the new columns of T, whole, as its parts along all
/// rows of V are taken away (full reorthogonalisation); what is left of it is the next Q, and E its factor. Nothing here needs T to be banded: a space of the
/// Ritz vectors S V that are worth keeping has the projection diag(θ) and E Sᵀ, and goes on as any other (thick restart: Wu and Simon 2000).
/// The map is scaled by a power of two that brings its first products near 1, so that no square is lost.
/// </remarks>
internal sealed class KrylovSpace
{
    private readonly ILinearMap _map;
    private readonly ISubspace? _without;
    private readonly int _width, _most;
    private readonly Memory<double>[] _rows;
    private readonly LongRows _products;
    private readonly BlockOrthonormalisation _orthonormalisation;
    private readonly HostThreads _threads;
    private readonly Matrix _projected, _coupling;
    private RowBlock _next, _image;
    private bool _isScaled;

    /// <summary>A space of random directions, none of whose products is known.</summary>
    /// <param name="map">A.</param>
    /// <param name="without">What is kept out of it; may be null.</param>
    /// <param name="width">The most directions of a block.</param>
    /// <param name="most">The most rows of V.</param>
    /// <param name="seed">Of random directions.</param>
    /// <param name="threads">The team.</param>
    public KrylovSpace(ILinearMap map, ISubspace? without, int width, int most, ulong seed, HostThreads threads)
    {
        (_map, _without, _most, _threads) = (map, without, most, threads);
        Dimension = map.Order - (without?.Dimension ?? 0);
        _width = Math.Min(width, Dimension);
        // Behind the last row there is a place for the next block while other products are taken.
        _rows = new Memory<double>[most + _width];
        _products = new LongRows(map.Order, threads);
        var fresh = new FreshDirections(_products, seed, threads);
        _orthonormalisation = new(_products, without, fresh.Draw);
        (_projected, _coupling) = (new Matrix(most, most), new Matrix(_width, most));
        (_next, _image) = (new(_width, map.Order), new(_width, map.Order));
        fresh.Draw(_next.Rows);
        without?.RemoveFrom(_next.Matrix);
        _orthonormalisation.Apply(_next, Kept, _width, 0);
        (NextCount, NextIsFresh) = (_width, true);
    }

    /// <summary>The dimensions that there are.</summary>
    public int Dimension { get; }

    /// <summary>Rows of V.</summary>
    public int Count { get; private set; }

    /// <summary>Rows of Q: none when V was all there is.</summary>
    public int NextCount { get; private set; }

    /// <summary>Whether there is no room for the next block.</summary>
    public bool IsFull => Count + NextCount > _most;

    /// <summary>Whether directions of Q say nothing of V's products: the space that was met is invariant, up to rounding.</summary>
    public bool NextIsFresh { get; private set; }

    /// <summary>A norm of A that has been seen: the longest product of a direction.</summary>
    public double LargestProduct { get; private set; }

    /// <summary>
    /// How far products were from symmetric: the largest part along V of a row's product by which it differs from what earlier products said of it.
    /// </summary>
    public double Asymmetry { get; private set; }

    /// <summary>The map times 2^(−this) is what everything here is in the units of.</summary>
    public int Exponent { get; private set; }

    private RowRange Kept => new(_rows, 0, Count);

    // A row gets its memory when it is first written: many searches end long before the space is full.
    private Span<double> Place(int row)
    {
        if (_rows[row].IsEmpty)
            _rows[row] = GC.AllocateUninitializedArray<double>(_map.Order);
        return _rows[row].Span;
    }

    /// <summary>Takes the products of Q, adds it to V and makes the next Q.</summary>
    public void Grow(CancellationToken cancellation)
    {
        int old = Count, block = _next.Count;
        TakeProducts(_next, _image, cancellation);
        for (int i = 0; i < block; i++)
            _next.Rows.Row(i).CopyTo(Place(old + i));
        Count += block;
        _without?.RemoveFrom(_image.Matrix);
        Project(_products.Remove(_image.Rows, Kept), old, block);
        MakeNext(old, block);
    }

    /// <summary>What the map is in the space: eigenvalues and eigenvectors of T.</summary>
    public RitzSpace Solve(CancellationToken cancellation)
    {
        var projected = new Matrix(Count, Count);
        for (int i = 0; i < Count; i++)
            _projected.Row(i)[..Count].CopyTo(projected.Row(i));
        Eigenpairs pairs = SymmetricEigenvectors.Compute(projected, .., _threads, null, cancellation);
        double[] residuals = new double[Count];
        for (int k = 0; k < Count; k++)
            residuals[k] = EuclideanNorm.Of(CouplingOf(pairs.Vector(k)));
        return new(pairs, residuals);
    }

    /// <summary>Ritz vectors in the coordinates of the map, one a row of a matrix of their own.</summary>
    public Matrix Vectors(Matrix combinations)
    {
        var block = new RowBlock(combinations.Rows, _map.Order);
        _products.Add(block.Rows, Kept, combinations.Values);
        return block.Matrix;
    }

    /// <summary>The span of some rows of V, in place: it holds these rows and nothing else of the space.</summary>
    /// <param name="rows">Which.</param>
    /// <param name="trace">What A's part in it adds up to.</param>
    public KrylovRest Rest(int[] rows, double trace) => new(new([.. rows.Select(row => _rows[row])], 0, rows.Length), trace, _threads);

    /// <summary>Keeps some Ritz vectors and drops the rest of the space.</summary>
    /// <param name="values">Their values.</param>
    /// <param name="combinations">One a row: S.</param>
    public void Keep(ReadOnlySpan<double> values, Matrix combinations)
    {
        var coupling = new Matrix(combinations.Rows, NextCount);
        for (int k = 0; k < combinations.Rows; k++)
            CouplingOf(combinations.Row(k)).CopyTo(coupling.Row(k));
        _products.Combine(Kept, combinations);
        Count = combinations.Rows;
        _projected.Values.AsSpan().Clear();
        _coupling.Values.AsSpan().Clear();
        for (int k = 0; k < Count; k++)
        {
            _projected[k, k] = values[k];
            for (int j = 0; j < coupling.Columns; j++)
                _coupling[j, k] = coupling[k, j];
        }
    }

    /// <summary>Takes products of rows of V themselves, from which follow their true residuals, and T and E anew.</summary>
    /// <param name="rows">Which.</param>
    /// <param name="cancellation">Stops where the map can.</param>
    public MeasuredRows Measure(int[] rows, CancellationToken cancellation)
    {
        var measured = new MeasuredRows(rows);
        // The rows that are multiplied take the place of Q, which waits behind V.
        int nextCount = NextCount;
        RowBlock next = _next;
        for (int j = 0; j < nextCount; j++)
            next.Rows.Row(j).CopyTo(Place(Count + j));
        var columns = new Matrix(rows.Length, Count + nextCount);
        for (int first = 0; first < rows.Length; first += _width)
        {
            int count = Math.Min(_width, rows.Length - first);
            (RowBlock vectors, RowBlock images) = (_next.OfRows(count), _image.OfRows(count));
            for (int i = 0; i < count; i++)
                _rows[rows[first + i]].Span.CopyTo(vectors.Rows.Row(i));
            TakeProducts(vectors, images, cancellation);
            MeasureBlock(measured, first, vectors, images, new(_rows, 0, Count + nextCount), columns);
        }

        for (int j = 0; j < nextCount; j++)
            _rows[Count + j].Span.CopyTo(next.Rows.Row(j));
        Renew(measured, columns, nextCount);
        return measured;
    }

    private void MeasureBlock(MeasuredRows measured, int first, RowBlock vectors, RowBlock images, RowRange all, Matrix columns)
    {
        int count = vectors.Count;
        _products.Dot(images.Rows, all, columns.Values.AsSpan(first * columns.Columns, count * columns.Columns));
        double[] leaks = new double[count], squares = new double[count], residuals = new double[count];
        for (int i = 0; i < count; i++)
        {
            RowRange vector = vectors.Rows.Part(i, 1), image = images.Rows.Part(i, 1);
            squares[i] = Dot(vector, vector);
            measured.Values[first + i] = Dot(vector, image) / squares[i];
            _products.Add(image, vector, [-measured.Values[first + i]]);
            residuals[i] = Math.Sqrt(Dot(image, image) / squares[i]);
            residuals.AsSpan(i, 1).CopyTo(measured.Residuals.AsSpan(first + i));
            image.Row(0).CopyTo(vector.Row(0));
        }

        if (_without is null)
            return;
        _without.RemoveFrom(vectors.Matrix);
        for (int i = 0; i < count; i++)
        {
            RowRange inside = images.Rows.Part(i, 1);
            _products.Add(inside, vectors.Rows.Part(i, 1), [-1]);
            leaks[i] = Math.Sqrt(Dot(inside, inside) / squares[i]);
            measured.Leaks[first + i] = leaks[i];
        }
    }

    // Columns of T and E from products that are newer than those they were made of; both orders of two measured rows are averaged.
    private void Renew(MeasuredRows measured, Matrix columns, int nextCount)
    {
        int[] rows = measured.Rows;
        for (int k = 0; k < rows.Length; k++)
        {
            for (int i = 0; i < Count; i++)
                _projected[rows[k], i] = _projected[i, rows[k]] = columns[k, i];
            for (int j = 0; j < nextCount; j++)
                _coupling[j, rows[k]] = columns[k, Count + j];
        }

        for (int k = 0; k < rows.Length; k++)
        {
            for (int l = 0; l < rows.Length; l++)
            {
                double mean = (columns[k, rows[l]] + columns[l, rows[k]]) / 2;
                _projected[rows[k], rows[l]] = mean;
                measured.Products[k, l] = mean;
            }
        }
    }

    private double Dot(RowRange x, RowRange y)
    {
        Span<double> product = stackalloc double[1];
        _products.Dot(x, y, product);
        return product[0];
    }

    private void TakeProducts(RowBlock directions, RowBlock images, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _map.Multiply(directions.Matrix, images.Matrix, cancellation);
        double largest = _products.Largest(images.Rows);
        if (!double.IsFinite(largest))
            throw new MatrixException(
                $"A product with a block of {directions.Count} directions has an element that is {largest}, where finite numbers are expected; "
                + $"give a matrix, or a network and samples, whose products are finite.");
        if (!_isScaled && largest > 0)
            (Exponent, _isScaled) = (Magnitude.Exponent(largest), true);
        _products.Scale(images.Rows, Math.ScaleB(1, -Exponent));
    }

    // T's new rows and columns: what is known twice, by symmetry, is averaged.
    private void Project(double[] along, int old, int block)
    {
        for (int c = 0; c < block; c++)
        {
            double squares = 0;
            for (int i = 0; i < old; i++)
            {
                double difference = along[(c * Count) + i] - _coupling[c, i];
                squares += difference * difference;
                _projected[i, old + c] = _projected[old + c, i] = _coupling[c, i] + (difference / 2);
            }

            Asymmetry = Math.Max(Asymmetry, Math.Sqrt(squares));
            for (int d = 0; d < block; d++)
                _projected[old + c, old + d] = (along[(c * Count) + old + d] + along[(d * Count) + old + c]) / 2;
        }

        for (int c = 0; c < block; c++)
        {
            double square = Dot(_image.Rows.Part(c, 1), _image.Rows.Part(c, 1));
            for (int i = 0; i < Count; i++)
                square += along[(c * Count) + i] * along[(c * Count) + i];
            LargestProduct = Math.Max(LargestProduct, Math.Sqrt(square));
        }
    }

    private void MakeNext(int old, int block)
    {
        _coupling.Values.AsSpan().Clear();
        int rows = Math.Min(_width, Dimension - Count);
        (NextCount, NextIsFresh) = (rows, false);
        if (rows == 0)
            return;

        double rounding = (8 + Math.Sqrt(_map.Order)) * Spectrum.DoubleRoundoff * LargestProduct;
        RowBlock image = rows > block ? _image.Copied(rows) : _image;
        Matrix factor = _orthonormalisation.Apply(image, Kept, rows, rounding).Factor;
        double noise = Math.Max(rounding, 4 * _map.UnitRoundoff * LargestProduct);
        for (int j = 0; j < rows; j++)
        {
            double most = 0;
            for (int c = 0; c < block; c++)
            {
                _coupling[j, old + c] = factor[j, c];
                most = Math.Max(most, Math.Abs(factor[j, c]));
            }

            NextIsFresh |= most <= noise;
        }

        // The last block that there is room for has fewer rows than the width, and after a restart there may be room again.
        (_image, _next) = (_next.OfRows(rows), image.Count == rows ? image : image.Copied(rows));
    }

    // E s.
    private double[] CouplingOf(ReadOnlySpan<double> combination)
    {
        double[] coupling = new double[NextCount];
        for (int j = 0; j < coupling.Length; j++)
            coupling[j] = DotProduct.Of(combination, _coupling.Row(j)[..combination.Length]);
        return coupling;
    }
}
