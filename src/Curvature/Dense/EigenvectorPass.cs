using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Dense;

/// <summary>
/// Eigenvectors of a solved block, from the last join downwards. With S the vectors of a join in terms of those of its halves, a block's eigenvectors are
/// <code>
/// Q = S diag(Q₁, Q₂),   so   x Q = ((x S)₁ Q₁, (x S)₂ Q₂):
/// </code>
/// coefficients x in a block's eigenvectors become coefficients in those of its halves, and in those of blocks of order 1 they are the vector's elements.
/// </summary>
/// <remarks>
/// All vectors wanted go down together, each a row of the result, whose columns are overwritten by the coefficients in the next smaller blocks.
/// Small blocks' own vectors are made first, close together, and multiplied with.
/// Besides the result, half of it and O(n) are in use.
/// </remarks>
internal sealed class EigenvectorPass
{
    /// <summary>
    /// Columns of S that are made at once: enough for a product to run from the cache, few enough to stay in it. A multiple of every vector's length.
    /// </summary>
    private const int ColumnsAtOnce = 128;

    /// <summary>The largest order of a block whose own vectors are made first.</summary>
    private const int SmallOrder = 64;

    private const int RowsPerPart = 8;

    private readonly Matrix _rows;
    private readonly double[] _gathered;
    private readonly double[] _products;
    private readonly double[] _vectors;
    private readonly HostThreads _threads;
    private readonly IKernels<double> _kernels;
    private readonly CancellationToken _cancellation;

    private EigenvectorPass(int order, int count, HostThreads threads, IKernels<double> kernels, CancellationToken cancellation)
    {
        int largerHalf = order - (order / 2);
        (_threads, _kernels, _cancellation) = (threads, kernels, cancellation);
        _rows = new Matrix(count, order);
        _gathered = new double[count * largerHalf];
        _products = new double[count * Math.Min(largerHalf, ColumnsAtOnce)];
        _vectors = new double[Math.Max(largerHalf * Math.Min(SecularSystem.RoundUp(largerHalf), ColumnsAtOnce), SecularSystem.RoundUp(order))];
    }

    private int Parts => (_rows.Rows + RowsPerPart - 1) / RowsPerPart;

    /// <summary>Some eigenvectors of a block, of length 1, a vector a row. The result has the same bits for any number of threads.</summary>
    /// <param name="block">The block.</param>
    /// <param name="places">Whose: the places of their eigenvalues in ascending order.</param>
    /// <param name="threads">The team to compute with.</param>
    /// <param name="kernels">The same team's kernels.</param>
    /// <param name="cancellation">Checked before each join.</param>
    public static Matrix Of(SolvedBlock block, int[] places, HostThreads threads, IKernels<double> kernels, CancellationToken cancellation)
    {
        var pass = new EigenvectorPass(block.Order, places.Length, threads, kernels, cancellation);
        if (block.Join is { } join)
        {
            pass.Begin(join, places);
            pass.GoOn(join, 0);
        }
        else
        {
            pass._rows.Values.AsSpan().Fill(1);
        }

        return pass._rows;
    }

    // The coefficients of the vectors themselves: rows of S, and 1 for what was deflated.
    private void Begin(BlockJoin join, int[] places)
    {
        int[] sources = Array.ConvertAll(places, place => join.Sources[place]);
        int[] rows = new int[sources.Length], roots = new int[sources.Length];
        int count = 0;
        for (int row = 0; row < sources.Length; row++)
        {
            if (sources[row] >= join.Kept.Length)
                _rows[row, join.Deflated[sources[row] - join.Kept.Length]] = 1;
            else
                (rows[count], roots[count++]) = (row, sources[row]);
        }

        int stride = SecularSystem.RoundUp(join.Kept.Length), most = stride == 0 ? 1 : _vectors.Length / stride;
        for (int start = 0; start < count; start += most)
        {
            int some = Math.Min(most, count - start);
            join.System.Vectors.Write(_vectors, roots.AsMemory(start, some), 0, join.Kept.Length, _threads);
            for (int i = 0; i < some; i++)
                Scatter(_vectors.AsSpan(i * stride, join.Kept.Length), join.Kept, _rows.Row(rows[start + i]));
        }

        TurnBackAll(join, 0);
    }

    private void GoOn(BlockJoin join, int start)
    {
        Pass(join.Upper, start);
        Pass(join.Lower, start + join.Upper.Order);
    }

    // Columns from start on hold coefficients in the block's eigenvectors.
    private void Pass(SolvedBlock block, int start)
    {
        if (block.Join is not { } join)
            return;
        _cancellation.ThrowIfCancellationRequested();
        if (block.Order <= SmallOrder)
        {
            MultiplyOut(block, start);
            return;
        }

        _threads.Run(Parts, new Gather(this, join, start));
        for (int first = 0; first < join.Kept.Length; first += ColumnsAtOnce)
            MultiplyColumns(join, start, first, Math.Min(ColumnsAtOnce, join.Kept.Length - first));
        TurnBackAll(join, start);
        GoOn(join, start);
    }

    private void MultiplyColumns(BlockJoin join, int start, int first, int count)
    {
        int kept = join.Kept.Length, stride = SecularSystem.RoundUp(count);
        join.System.Vectors.Write(_vectors, join.AscendingRoots, first, count, _threads);
        MatrixBatch<double> coefficients = MatrixViews.Of(HostKernels.Over(_gathered), 0, _rows.Rows, kept, join.Sources.Length);
        MatrixBatch<double> vectors = MatrixViews.Of(HostKernels.Over(_vectors), 0, kept, count, stride);
        _kernels.MatrixProduct(1, coefficients, vectors, MatrixViews.Of(HostKernels.Over(_products), 0, _rows.Rows, count, count), accumulate: false);
        _threads.Run(Parts, new Place(this, join, start, first, count));
    }

    private void MultiplyOut(SolvedBlock block, int start)
    {
        Matrix vectors = EigenvectorProduct.Of(block, _threads, _kernels, _cancellation);
        MatrixBatch<double> columns = MatrixViews.Of(_rows).Columns(start, block.Order);
        MatrixBatch<double> copy = MatrixViews.Of(HostKernels.Over(_gathered), 0, _rows.Rows, block.Order, block.Order);
        for (int row = 0; row < _rows.Rows; row++)
            _rows.Row(row).Slice(start, block.Order).CopyTo(_gathered.AsSpan(row * block.Order));
        _kernels.MatrixProduct(1, copy, MatrixViews.Of(vectors), columns, accumulate: false);
    }

    private void TurnBackAll(BlockJoin join, int start)
    {
        if (join.Rotations.Length > 0)
            _threads.Run(Parts, new TurnBack(this, join, start));
    }

    private static void Scatter(ReadOnlySpan<double> values, ReadOnlySpan<int> places, Span<double> target)
    {
        for (int i = 0; i < places.Length; i++)
            target[places[i]] = values[i];
    }

    private Span<double> Columns(int row, BlockJoin join, int start) => _rows.Row(row).Slice(start, join.Sources.Length);

    private int End(int part) => Math.Min(_rows.Rows, (part + 1) * RowsPerPart);

    // Of each row the coefficients of roots, side by side, and behind them those of what was deflated, which go to their places.
    private readonly struct Gather(EigenvectorPass pass, BlockJoin join, int start) : IPartitionedWork
    {
        public void Run(int part)
        {
            int kept = join.Kept.Length, order = join.Sources.Length;
            for (int row = part * RowsPerPart; row < pass.End(part); row++)
            {
                Span<double> columns = pass.Columns(row, join, start), gathered = pass._gathered.AsSpan(row * order, order);
                int root = 0;
                for (int i = 0; i < order; i++)
                {
                    int source = join.Sources[i];
                    gathered[source < kept ? root++ : source] = columns[i];
                }

                Scatter(gathered[kept..], join.Deflated, columns);
            }
        }
    }

    private readonly struct Place(EigenvectorPass pass, BlockJoin join, int start, int first, int count) : IPartitionedWork
    {
        public void Run(int part)
        {
            for (int row = part * RowsPerPart; row < pass.End(part); row++)
                Scatter(pass._products.AsSpan(row * count, count), join.Kept.AsSpan(first, count), pass.Columns(row, join, start));
        }
    }

    private readonly struct TurnBack(EigenvectorPass pass, BlockJoin join, int start) : IPartitionedWork
    {
        public void Run(int part)
        {
            for (int row = part * RowsPerPart; row < pass.End(part); row++)
            {
                Span<double> columns = pass.Columns(row, join, start);
                for (int i = join.Rotations.Length - 1; i >= 0; i--)
                    join.Rotations[i].TurnBack(columns);
            }
        }
    }
}
