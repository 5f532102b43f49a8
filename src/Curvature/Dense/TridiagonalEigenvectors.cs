using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Dense;

/// <summary>
/// All eigenvalues and eigenvectors of a symmetric tridiagonal matrix by divide and conquer, orthogonal to rounding whatever the spectrum.
/// </summary>
/// <remarks>
/// With e the off-diagonal element between two halves, T = diag(T₁, T₂) + |e| v vᵀ, v = (0 … 0, 1, sgn e, 0 … 0), where |e| is subtracted from the two
/// diagonal elements at the cut (Cuppen 1981). If T₁ = Q₁ D₁ Q₁ᵀ and T₂ = Q₂ D₂ Q₂ᵀ, then T = Q (D + y yᵀ) Qᵀ with Q = diag(Q₁, Q₂) and y = √|e| Qᵀ v:
/// the last row of Q₁ and the first of Q₂. <see cref="Deflation"/> takes out what is an eigenpair already, <see cref="SecularSystem"/> solves the rest,
/// and Q times its vectors are those of T. The halves are cut down to order 1, so there is no second solver below this one.
///
/// An eigenvector is a row here. Before the product the rows of Q that take part are sorted by what is not zero in them, first half, both, second half:
/// each half of the product then reads only rows that it needs, and the whole costs 4/3 n³ floating-point operations at most (Gu and Eisenstat 1995;
/// LAPACK's dstedc).
/// </remarks>
internal sealed class TridiagonalEigenvectors
{
    /// <summary>
    /// A quarter of ε: what is dropped at one element can move an eigenvalue by four times as much (the norm used is up to twice ‖T‖, and a row is dropped with
    /// its column).
    /// </summary>
    private const double NegligiblePart = Spectrum.DoubleRoundoff / 4;

    /// <summary>
    /// New vectors that are multiplied at once: enough that packing the other operand anew costs nothing, few enough that their coefficients take no n² of
    /// memory.
    /// </summary>
    private const int RowsAtOnce = 384;

    private readonly double[] _offDiagonal;
    private readonly HostThreads _threads;
    private readonly IKernels<double> _kernels;
    private readonly CancellationToken _cancellation;
    private readonly double[] _components;
    private readonly double[] _squares;
    private readonly Halves[] _halves;
    private readonly double[] _sortKeys;
    private readonly int[] _order;
    private readonly double[] _packed;
    private readonly double[] _coefficients;
    private readonly Deflation _deflation;
    private readonly SecularSystem _system;

    private TridiagonalEigenvectors(TridiagonalMatrix matrix, HostThreads threads, IKernels<double> kernels, CancellationToken cancellation)
    {
        int n = matrix.Diagonal.Length;
        int largerHalf = n - (n / 2);
        (_threads, _kernels, _cancellation, _offDiagonal) = (threads, kernels, cancellation, matrix.OffDiagonal);
        Vectors = new Matrix(n, n);
        Values = [.. matrix.Diagonal];
        Ascending = [.. Enumerable.Range(0, n)];
        _components = new double[n];
        _squares = new double[n];
        _halves = new Halves[n];
        _sortKeys = new double[n];
        _order = new int[n];
        _packed = new double[((n / 2) * (n / 2)) + (largerHalf * largerHalf)];
        _coefficients = new double[Math.Min(n, RowsAtOnce) * SecularSystem.RoundUp(largerHalf)];
        _deflation = new Deflation(Vectors, Values, _components, _squares, _halves, NegligiblePart * matrix.Norm);
        _system = new SecularSystem(n);
    }

    /// <summary>The eigenvalues in ascending order.</summary>
    public double[] Eigenvalues => Array.ConvertAll(Ascending, row => Values[row]);

    private Matrix Vectors { get; }

    private double[] Values { get; }

    private int[] Ascending { get; }

    /// <summary>Solves for everything. The result has the same bits for any number of threads.</summary>
    /// <param name="matrix">The matrix, scaled to a norm near 1.</param>
    /// <param name="threads">The team to compute with.</param>
    /// <param name="kernels">The same team's kernels.</param>
    /// <param name="cancellation">Checked before each pair of blocks is joined.</param>
    public static TridiagonalEigenvectors Of(TridiagonalMatrix matrix, HostThreads threads, IKernels<double> kernels, CancellationToken cancellation)
    {
        var solver = new TridiagonalEigenvectors(matrix, threads, kernels, cancellation);
        solver.CutToOrderOne();
        solver.Solve(0, matrix.Diagonal.Length);
        return solver;
    }

    /// <summary>All eigenvectors, sorted where they lie: row k belongs to eigenvalue k. Nothing else can be taken afterwards.</summary>
    public Matrix TakeAll()
    {
        RowPermutation.Apply(Vectors, Ascending);
        return Vectors;
    }

    /// <summary>Some eigenvectors, of length 1: row k belongs to eigenvalue <paramref name="first"/> + k.</summary>
    public Matrix Take(int first, int count)
    {
        var some = new Matrix(count, Vectors.Columns);
        for (int k = 0; k < count; k++)
            Vectors.Row(Ascending[first + k]).CopyTo(some.Row(k));
        return some;
    }

    private void CutToOrderOne()
    {
        for (int i = 0; i < Values.Length; i++)
            Vectors[i, i] = 1;
        for (int i = 0; i < _offDiagonal.Length; i++)
        {
            double cut = Math.Abs(_offDiagonal[i]);
            Values[i] -= cut;
            Values[i + 1] -= cut;
        }
    }

    private void Solve(int start, int count)
    {
        if (count <= 1)
            return;
        int half = count / 2;
        Solve(start, half);
        Solve(start + half, count - half);
        _cancellation.ThrowIfCancellationRequested();
        Join(new Blocks(start, start + half, start + count));
    }

    private void Join(Blocks blocks)
    {
        Sort(blocks);
        double element = _offDiagonal[blocks.Middle - 1];
        MakeComponents(blocks, element);
        _deflation.Run(Ascending.AsSpan(blocks.Start, blocks.Count), Math.Sqrt(2 * Math.Abs(element)), blocks.Start..blocks.End);
        if (_deflation.KeptCount > 0)
            SolveKept(blocks);
        Sort(blocks);
    }

    private void MakeComponents(Blocks blocks, double element)
    {
        double root = Math.Sqrt(Math.Abs(element));
        for (int row = blocks.Start; row < blocks.End; row++)
        {
            bool isFirst = row < blocks.Middle;
            double atCut = isFirst ? Vectors[row, blocks.Middle - 1] : Math.CopySign(1, element) * Vectors[row, blocks.Middle];
            _halves[row] = isFirst ? Halves.First : Halves.Second;
            _components[row] = root * atCut;
            _squares[row] = Math.Abs(element) * (atCut * atCut);
        }
    }

    private void SolveKept(Blocks blocks)
    {
        _system.Clear();
        foreach (int row in _deflation.Kept)
            _system.Add(Values[row], _components[row], _squares[row]);
        int both = Place(Halves.First, 0);
        int second = Place(Halves.Both, both);
        int kept = Place(Halves.Second, second);
        _system.Solve(_order.AsSpan(0, kept), _threads);

        PackRows(_order.AsSpan(0, second), blocks.Start..blocks.Middle, 0);
        int packedSecond = second * (blocks.Middle - blocks.Start);
        PackRows(_order.AsSpan(both, kept - both), blocks.Middle..blocks.End, packedSecond);
        MoveDeflatedBehind(blocks, kept);
        for (int j = 0; j < kept; j++)
            Values[blocks.Start + j] = _system.Root(j);
        Multiply(blocks.Start, kept, 0, second, 0, blocks.Start..blocks.Middle);
        Multiply(blocks.Start, kept, both, kept - both, packedSecond, blocks.Middle..blocks.End);
    }

    /// <summary>Gives the kept rows of one kind the next places in the order of the product; returns the place after them.</summary>
    private int Place(Halves halves, int next)
    {
        ReadOnlySpan<int> kept = _deflation.Kept;
        for (int i = 0; i < kept.Length; i++)
        {
            if (_halves[kept[i]] == halves)
                _order[next++] = i;
        }

        return next;
    }

    private void PackRows(ReadOnlySpan<int> places, Range columns, int offset)
    {
        ReadOnlySpan<int> kept = _deflation.Kept;
        foreach (int place in places)
        {
            Span<double> row = Vectors.Row(kept[place])[columns];
            row.CopyTo(_packed.AsSpan(offset));
            offset += row.Length;
        }
    }

    /// <summary>The first rows of the blocks will be overwritten: what is done there changes place with rows that are packed.</summary>
    private void MoveDeflatedBehind(Blocks blocks, int kept)
    {
        int free = blocks.Start + kept;
        for (int row = blocks.Start; row < blocks.Start + kept; row++)
        {
            if (_deflation.IsKept(row))
                continue;
            while (!_deflation.IsKept(free))
                free++;
            Vectors.Row(row)[blocks.Start..blocks.End].CopyTo(Vectors.Row(free)[blocks.Start..blocks.End]);
            Values[free++] = Values[row];
        }
    }

    /// <summary>Some columns of the new rows: coefficients in some places of the order times the packed rows in those places.</summary>
    private void Multiply(int firstRow, int rows, int firstPlace, int places, int packed, Range columns)
    {
        (int firstColumn, int width) = columns.GetOffsetAndLength(Vectors.Columns);
        MatrixBatch<double> right = MatrixViews.Of(HostKernels.Over(_packed), packed, places, width, width);
        MatrixBatch<double> target = MatrixViews.Of(HostKernels.Over(Vectors.Values), (firstRow * Vectors.Columns) + firstColumn, rows, width, Vectors.Columns);
        for (int start = 0; start < rows; start += RowsAtOnce)
        {
            int count = Math.Min(RowsAtOnce, rows - start);
            _system.WriteVectors(_coefficients, start..(start + count), firstPlace, places, _threads);
            MatrixBatch<double> left = MatrixViews.Of(HostKernels.Over(_coefficients), 0, count, places, SecularSystem.RoundUp(places));
            _kernels.MatrixProduct(1, left, right, target.Rows(start, count), accumulate: false);
        }
    }

    private void Sort(Blocks blocks)
    {
        for (int row = blocks.Start; row < blocks.End; row++)
        {
            _sortKeys[row] = Values[row];
            Ascending[row] = row;
        }

        Array.Sort(_sortKeys, Ascending, blocks.Start, blocks.Count);
    }

    /// <summary>Rows and columns start … middle − 1 and middle … end − 1.</summary>
    private readonly record struct Blocks(int Start, int Middle, int End)
    {
        public int Count => End - Start;
    }
}
