using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Dense;

/// <summary>
/// Householder's reduction of a symmetric matrix to tridiagonal form with the same eigenvalues, in panels of columns.
/// </summary>
/// <remarks>
/// For step j let x be row j right of the diagonal. The reflection P = I − τ v vᵀ with β = −sgn(x₁)‖x‖, v = (x − β e₁)/(x₁ − β), τ = (β − x₁)/β
/// maps x to β e₁, so P A P is tridiagonal in row j. With y = A v and w = τ y − ½ τ² (yᵀv) v the trailing matrix becomes
///     P A P = A − v wᵀ − w vᵀ.
/// Doing that at once would read and write the whole matrix in every step. Instead the updates of a panel are put off: with its earlier pairs as rows
/// of V and W the current matrix is A − VᵀW − WᵀV, so row j is brought up to date alone, and A v is corrected by −Vᵀ(W v) − Wᵀ(V v).
/// At the panel's end all updates are made in one product of rank twice the panel's width, which runs from the cache
/// (Dongarra, Hammarling and Sorensen, 1989; LAPACK's dsytrd). What is left of each step is reading the triangle once for A v.
///
/// The matrix is expected scaled to a largest element near 1. A row whose part beyond the first off-diagonal element is smaller than 2⁻⁴⁵⁰ is taken
/// as already reduced: its squares would underflow, and dropping it moves no eigenvalue by more than that.
/// </remarks>
internal sealed class Tridiagonalisation
{
    /// <summary>A multiple of the row block, wide enough that the update is bound by arithmetic, narrow enough that corrections stay cheap.</summary>
    private const int PanelWidth = 32;

    /// <summary>The square of 2⁻⁴⁵⁰; see the remarks.</summary>
    private static readonly double NegligibleSquare = Math.ScaleB(1, -900);

    private readonly SymmetricTriangle _matrix;
    private readonly HostThreads _threads;
    private readonly IKernels<double> _kernels;
    private readonly double[] _diagonal;
    private readonly double[] _offDiagonal;

    /// <summary>Rows V and W, then −W and −V: the two sides of the update, each of twice the panel's width.</summary>
    private readonly double[] _panel;
    private readonly double[] _scratch;

    private Tridiagonalisation(SymmetricTriangle matrix, HostThreads threads, IKernels<double> kernels)
    {
        _matrix = matrix;
        _threads = threads;
        _kernels = kernels;
        _diagonal = new double[matrix.Order];
        _offDiagonal = new double[Math.Max(0, matrix.Order - 1)];
        _panel = new double[4 * PanelWidth * matrix.Stride];
        _scratch = new double[SymmetricProduct.ScratchLength(matrix)];
    }

    /// <summary>Reduces a matrix, whose storage is used up: row j then holds the reflector v of step j.</summary>
    /// <param name="matrix">The matrix, scaled to a largest element near 1.</param>
    /// <param name="threads">The team to work with; the result does not depend on its size.</param>
    /// <param name="kernels">The same team's kernels.</param>
    /// <param name="progress">Told the fraction done, 0 … 1, after each panel; may be null.</param>
    /// <param name="cancellation">Checked before each panel.</param>
    public static TridiagonalMatrix Reduce(
        SymmetricTriangle matrix,
        HostThreads threads,
        IKernels<double> kernels,
        IProgress<double>? progress,
        CancellationToken cancellation)
    {
        var reduction = new Tridiagonalisation(matrix, threads, kernels);
        for (int start = 0; start < matrix.Order; start += PanelWidth)
        {
            cancellation.ThrowIfCancellationRequested();
            reduction.ReducePanel(start);
            double left = Math.Max(0, matrix.Order - start - PanelWidth) / (double)matrix.Order;
            progress?.Report(1 - (left * left * left));
        }

        return new TridiagonalMatrix(reduction._diagonal, reduction._offDiagonal);
    }

    private void ReducePanel(int start)
    {
        int end = Math.Min(start + PanelWidth, _matrix.Order);
        for (int step = start; step < end; step++)
            ReduceRow(step, step - start);
        if (end == _matrix.Order)
            return;
        for (int p = 0; p < PanelWidth; p++)
        {
            Vectors.Negate(PanelRow((2 * PanelWidth) + p), W(p));
            Vectors.Negate(PanelRow((3 * PanelWidth) + p), V(p));
        }

        TriangleUpdate.Apply(_kernels, _matrix, end, Side(0, end), Side(2 * PanelWidth, end));
    }

    private void ReduceRow(int step, int pairs)
    {
        Span<double> row = _matrix.Row(step);
        int from = SymmetricTriangle.RoundDown(step);
        for (int p = 0; p < pairs; p++)
            Vectors.AddTwoScaledFused(row[from..], -V(p)[step], W(p)[from..], -W(p)[step], V(p)[from..]);

        _diagonal[step] = row[step];
        row[..(step + 1)].Clear();
        if (step + 1 == _matrix.Order)
            return;
        double tau = MakeReflector(row, step + 1, out _offDiagonal[step]);
        row.CopyTo(V(pairs));
        MakeUpdateVector(step + 1, pairs, tau);
    }

    /// <summary>
    /// Turns x (in the row from <paramref name="first"/> on, zeros before it) into v and gives τ; 0, with v = 0, if x is already reduced.
    /// </summary>
    private static double MakeReflector(Span<double> row, int first, out double offDiagonal)
    {
        Span<double> x = row[SymmetricTriangle.RoundDown(first)..];
        double head = row[first];
        row[first] = 0;
        double tailSquare = DotProduct.Fused(x, x);
        if (tailSquare <= NegligibleSquare)
        {
            x.Clear();
            offDiagonal = head;
            return 0;
        }

        offDiagonal = -Math.CopySign(Math.Sqrt((head * head) + tailSquare), head);
        Vectors.Scale(x, 1 / (head - offDiagonal));
        row[first] = 1;
        return (offDiagonal - head) / offDiagonal;
    }

    /// <summary>w of the step whose v and τ are known, into row W(<paramref name="pairs"/>).</summary>
    private void MakeUpdateVector(int first, int pairs, double tau)
    {
        Span<double> all = W(pairs);
        if (tau == 0)
        {
            all.Clear();
            return;
        }

        int from = SymmetricTriangle.RoundDown(first);
        Memory<double> vector = _panel.AsMemory(pairs * _matrix.Stride, _matrix.PaddedOrder);
        SymmetricProduct.Apply(_matrix, first, vector, all, _scratch, _threads);
        ReadOnlySpan<double> v = vector.Span[from..];
        Span<double> w = all[from..];
        for (int p = 0; p < pairs; p++)
        {
            (double vv, double wv) = DotProduct.FusedTwo(V(p)[from..], W(p)[from..], v);
            Vectors.AddTwoScaledFused(w, -wv, V(p)[from..], -vv, W(p)[from..]);
        }

        Vectors.Scale(w, tau);
        Vectors.AddScaledFused(w, -0.5 * tau * DotProduct.Fused(w, v), v);
    }

    private MatrixBatch<double> Side(int firstRow, int firstColumn) =>
        MatrixViews.Of(HostKernels.Over(_panel), (firstRow * _matrix.Stride) + firstColumn, 2 * PanelWidth, _matrix.PaddedOrder - firstColumn, _matrix.Stride);

    private Span<double> V(int pair) => PanelRow(pair);

    private Span<double> W(int pair) => PanelRow(PanelWidth + pair);

    private Span<double> PanelRow(int row) => _panel.AsSpan(row * _matrix.Stride, _matrix.PaddedOrder);
}
