using BasinVolume.Kernels;
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
    /// <summary>The square of 2⁻⁴⁵⁰; see the remarks.</summary>
    private static readonly double NegligibleSquare = Math.ScaleB(1, -900);

    private readonly SymmetricTriangle _matrix;
    private readonly IKernels<double> _kernels;
    private readonly double[] _diagonal;
    private readonly double[] _offDiagonal;
    private readonly ReductionPanel _panel;
    private readonly ReductionProducts _products;

    private Tridiagonalisation(SymmetricTriangle matrix, HostThreads threads, IKernels<double> kernels)
    {
        _matrix = matrix;
        _kernels = kernels;
        _diagonal = new double[matrix.Order];
        _offDiagonal = new double[Math.Max(0, matrix.Order - 1)];
        _panel = new ReductionPanel(matrix);
        _products = new ReductionProducts(matrix, threads);
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
        for (int start = 0; start < matrix.Order; start += ReductionPanel.Width)
        {
            cancellation.ThrowIfCancellationRequested();
            reduction.ReducePanel(start);
            double left = Math.Max(0, matrix.Order - start - ReductionPanel.Width) / (double)matrix.Order;
            progress?.Report(1 - (left * left * left));
        }

        return new TridiagonalMatrix(reduction._diagonal, reduction._offDiagonal);
    }

    private void ReducePanel(int start)
    {
        int end = Math.Min(start + ReductionPanel.Width, _matrix.Order);
        for (int step = start; step < end; step++)
            ReduceRow(step, step - start, end);
        if (end == _matrix.Order)
            return;
        _panel.CompleteSides();
        TriangleUpdate.Apply(_kernels, _matrix, end, _panel.Left(end), _panel.Right(end));
    }

    /// <summary>A step of the panel that ends before row <paramref name="end"/>; the row is up to date.</summary>
    private void ReduceRow(int step, int pairs, int end)
    {
        Span<double> row = _matrix.Row(step);
        _diagonal[step] = row[step];
        row[..(step + 1)].Clear();
        int next = step + 1;
        if (next == _matrix.Order)
            return;
        double tau = MakeReflector(row, next, out _offDiagonal[step]);
        row.CopyTo(_panel.V(pairs));
        if (tau != 0)
            _products.Apply(_panel, next, pairs);
        else
            _panel.ClearProducts(pairs);
        // The row of the next panel is brought up to date with all others at this one's end.
        FinishStep(next, pairs, tau, next < end ? _matrix.Row(next) : _panel.Unused);
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

    /// <summary>
    /// From y = A v and the panel's products with v to w, and the next row of the matrix up to date. Both take multiples of the same rows.
    /// </summary>
    private void FinishStep(int next, int pairs, double tau, Span<double> row)
    {
        int from = SymmetricTriangle.RoundDown(next);
        ReadOnlySpan<double> v = _panel.V(pairs)[from..];
        Span<double> w = _panel.W(pairs)[from..];
        _panel.SubtractPairs(pairs, w, row[from..], next);
        Vectors.Scale(w, tau);
        Vectors.AddScaledFused(w, -0.5 * tau * DotProduct.Fused(w, v), v);
        Vectors.AddTwoScaledFused(row[from..], -v[next - from], w, -w[next - from], v);
    }
}
