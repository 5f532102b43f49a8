using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Dense;

/// <summary>
/// All eigenvectors of a solved block, from blocks of order 1 upwards: each join's vectors are multiplied by those of its halves.
/// </summary>
/// <remarks>
/// An eigenvector is a row here. Before the product the rows that take part are sorted by what is not zero in them, first half, both, second half:
/// each half of the product then reads only rows that it needs, and the whole costs 4/3 n³ floating-point operations at most (Gu and Eisenstat 1995;
/// LAPACK's dstedc). Besides the result, half of it and O(n) are in use.
/// </remarks>
internal sealed class EigenvectorProduct
{
    /// <summary>
    /// New vectors that are multiplied at once: enough that packing the other operand anew costs nothing, few enough that their coefficients take no n² of
    /// memory.
    /// </summary>
    private const int RowsAtOnce = 384;

    private readonly Matrix _vectors;

    // Where the vector of each eigenvalue of a block lies, in the rows of the block.
    private readonly int[] _rows;
    private readonly double[] _packed;
    private readonly double[] _coefficients;
    private readonly HostThreads _threads;
    private readonly IKernels<double> _kernels;
    private readonly CancellationToken _cancellation;

    private EigenvectorProduct(int order, HostThreads threads, IKernels<double> kernels, CancellationToken cancellation)
    {
        int largerHalf = order - (order / 2);
        (_threads, _kernels, _cancellation) = (threads, kernels, cancellation);
        _vectors = new Matrix(order, order);
        _rows = new int[order];
        _packed = new double[((order / 2) * (order / 2)) + (largerHalf * largerHalf)];
        _coefficients = new double[Math.Min(order, RowsAtOnce) * SecularSystem.RoundUp(largerHalf)];
    }

    /// <summary>What is not zero in a vector of the halves.</summary>
    [Flags]
    private enum Halves : byte
    {
        First = 1,
        Second = 2,
        Both = First | Second,
    }

    /// <summary>
    /// The eigenvectors of length 1, a vector a row, in the ascending order of their eigenvalues. The bits are the same for any number of threads.
    /// </summary>
    /// <param name="block">The block.</param>
    /// <param name="threads">The team to compute with.</param>
    /// <param name="kernels">The same team's kernels.</param>
    /// <param name="cancellation">Checked before each join.</param>
    public static Matrix Of(SolvedBlock block, HostThreads threads, IKernels<double> kernels, CancellationToken cancellation)
    {
        var product = new EigenvectorProduct(block.Order, threads, kernels, cancellation);
        product.Make(block, 0);
        RowPermutation.Apply(product._vectors, product._rows);
        return product._vectors;
    }

    private void Make(SolvedBlock block, int start)
    {
        if (block.Join is not { } join)
        {
            (_vectors[start, start], _rows[start]) = (1, start);
            return;
        }

        Make(join.Upper, start);
        Make(join.Lower, start + join.Upper.Order);
        _cancellation.ThrowIfCancellationRequested();
        Multiply(new(join, start));
    }

    private void Multiply(Place place)
    {
        BlockJoin join = place.Join;
        Halves[] halves = Turn(place);
        int[] order = new int[join.Kept.Length];
        int both = Put(Halves.First, 0), second = Put(Halves.Both, both), kept = Put(Halves.Second, second);
        PackRows(order.AsSpan(0, second), place, place.Start..place.Middle, 0);
        int packedSecond = second * (place.Middle - place.Start);
        PackRows(order.AsSpan(both), place, place.Middle..place.End, packedSecond);
        MoveDeflatedBehind(place);
        SecularVectors vectors = join.System.VectorsInOrder(order);
        MultiplyColumns(vectors, place, 0, second, 0, place.Start..place.Middle);
        MultiplyColumns(vectors, place, both, kept - both, packedSecond, place.Middle..place.End);

        int Put(Halves wanted, int next)
        {
            for (int i = 0; i < order.Length; i++)
            {
                if (halves[join.Kept[i]] == wanted)
                    order[next++] = i;
            }

            return next;
        }
    }

    // The rotations; what is not zero in each vector then.
    private Halves[] Turn(Place place)
    {
        var halves = new Halves[place.End - place.Start];
        for (int i = 0; i < halves.Length; i++)
            halves[i] = place.Start + i < place.Middle ? Halves.First : Halves.Second;
        foreach (PlaneRotation rotation in place.Join.Rotations)
        {
            Vectors.Rotate(Row(rotation.First), Row(rotation.Second), rotation.Cosine, rotation.Sine);
            halves[rotation.Second] |= halves[rotation.First];
        }

        return halves;

        Span<double> Row(int vector) => _vectors.Row(_rows[place.Start + vector])[place.Start..place.End];
    }

    private void PackRows(ReadOnlySpan<int> order, Place place, Range columns, int offset)
    {
        foreach (int pole in order)
        {
            Span<double> row = _vectors.Row(_rows[place.Start + place.Join.Kept[pole]])[columns];
            row.CopyTo(_packed.AsSpan(offset));
            offset += row.Length;
        }
    }

    /// <summary>The first rows will be overwritten: what was deflated and lies there changes place with rows that are packed.</summary>
    private void MoveDeflatedBehind(Place place)
    {
        BlockJoin join = place.Join;
        int firstFree = place.Start + join.Kept.Length;
        int[] free = [.. join.Kept.Select(vector => _rows[place.Start + vector]).Where(row => row >= firstFree)];
        int[] deflated = Array.ConvertAll(join.Deflated, vector => _rows[place.Start + vector]);
        int next = 0;
        for (int i = 0; i < deflated.Length; i++)
        {
            if (deflated[i] >= firstFree)
                continue;
            _vectors.Row(deflated[i])[place.Start..place.End].CopyTo(_vectors.Row(free[next])[place.Start..place.End]);
            deflated[i] = free[next++];
        }

        for (int i = 0; i < join.Sources.Length; i++)
        {
            int source = join.Sources[i];
            _rows[place.Start + i] = source < join.Kept.Length ? place.Start + source : deflated[source - join.Kept.Length];
        }
    }

    /// <summary>Some columns of the new rows: coefficients of some vectors in order times the packed rows of those.</summary>
    private void MultiplyColumns(SecularVectors vectors, Place place, int first, int count, int packed, Range columns)
    {
        (int firstColumn, int width) = columns.GetOffsetAndLength(_vectors.Columns);
        int rows = place.Join.Kept.Length;
        int[] roots = [.. Enumerable.Range(0, rows)];
        MatrixBatch<double> right = MatrixViews.Of(HostKernels.Over(_packed), packed, count, width, width);
        MatrixBatch<double> target = MatrixViews.Of(
            HostKernels.Over(_vectors.Values), (place.Start * _vectors.Columns) + firstColumn, rows, width, _vectors.Columns);
        for (int start = 0; start < rows; start += RowsAtOnce)
        {
            int some = Math.Min(RowsAtOnce, rows - start);
            vectors.Write(_coefficients, roots.AsMemory(start, some), first, count, _threads);
            MatrixBatch<double> left = MatrixViews.Of(HostKernels.Over(_coefficients), 0, some, count, SecularSystem.RoundUp(count));
            _kernels.MatrixProduct(1, left, right, target.Rows(start, some), accumulate: false);
        }
    }

    /// <summary>A join and where its rows and columns begin.</summary>
    private readonly record struct Place(BlockJoin Join, int Start)
    {
        public int Middle => Start + Join.Upper.Order;

        public int End => Middle + Join.Lower.Order;
    }
}
