using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Curvature.Dense;

/// <summary>
/// From eigenvectors of the tridiagonal matrix to those of the matrix that was reduced to it: z ← P₀ P₁ … P_(n−2) z, with the reflections P_j = I − τ_j v_j
/// v_jᵀ of the reduction.
/// </summary>
/// <remarks>
/// The reflections of a panel are applied at once as I − Vᵀ T V, V having the v_j as rows and T being upper triangular,
///     T_jj = τ_j,   T_(0…j−1, j) = −τ_j T_(0…j−1, 0…j−1) (V v_j)_(0…j−1)
/// (Schreiber and Van Loan 1989), so all the work is in matrix products. With eigenvectors as rows of Z that is Z ← Z − ((Z Vᵀ) Tᵀ) V.
/// τ_j = 2/|v_j|² makes P_j orthogonal to rounding, and |v_j|² stands on the diagonal of V Vᵀ; v_j = 0 means that nothing was reflected.
/// </remarks>
internal static class BackTransformation
{
    private const int PanelWidth = 96;

    /// <summary>Transforms all rows of a matrix in place.</summary>
    /// <param name="vectors">k × n.</param>
    /// <param name="reflectors">What <see cref="Tridiagonalisation"/> left behind: row j holds v_j.</param>
    /// <param name="kernels">The kernels of the host.</param>
    /// <param name="progress">Told the fraction done after each panel; may be null.</param>
    /// <param name="cancellation">Checked before each panel.</param>
    public static void Apply(
        Matrix vectors, SymmetricTriangle reflectors, IKernels<double> kernels, IProgress<double>? progress, CancellationToken cancellation)
    {
        MatrixBatch<double> z = MatrixViews.Of(vectors);
        var workspace = new Workspace(vectors.Rows);
        int panels = (reflectors.Order + PanelWidth - 1) / PanelWidth;
        for (int panel = panels - 1; panel >= 0; panel--)
        {
            cancellation.ThrowIfCancellationRequested();
            int start = panel * PanelWidth;
            int width = Math.Min(PanelWidth, reflectors.Order - start);
            MatrixBatch<double> v = reflectors.Block(start, start, width, reflectors.Order - start);
            ApplyPanel(kernels, z.Columns(start, reflectors.Order - start), v, workspace);
            progress?.Report((panels - panel) / (double)panels);
        }
    }

    private static void ApplyPanel(IKernels<double> kernels, in MatrixBatch<double> z, in MatrixBatch<double> v, Workspace workspace)
    {
        int width = v.Rows;
        kernels.MatrixProduct(1, v, v.Transpose(), Workspace.View(workspace.Gram, width, width), accumulate: false);
        MakeMinusT(workspace.Gram, workspace.MinusT, width);
        MatrixBatch<double> zv = Workspace.View(workspace.Zv, z.Rows, width);
        MatrixBatch<double> zvt = Workspace.View(workspace.Zvt, z.Rows, width);
        kernels.MatrixProduct(1, z, v.Transpose(), zv, accumulate: false);
        kernels.MatrixProduct(1, zv, Workspace.View(workspace.MinusT, width, width).Transpose(), zvt, accumulate: false);
        kernels.MatrixProduct(1, zvt, v, z, accumulate: true);
    }

    /// <summary>−T from V Vᵀ; both [width, width], row-major.</summary>
    private static void MakeMinusT(ReadOnlySpan<double> gram, Span<double> minusT, int width)
    {
        minusT.Clear();
        for (int j = 0; j < width; j++)
        {
            double square = gram[(j * width) + j];
            if (square == 0)
                continue;
            double tau = 2 / square;
            minusT[(j * width) + j] = -tau;
            for (int i = 0; i < j; i++)
            {
                double sum = 0;
                for (int k = i; k < j; k++)
                    sum += minusT[(i * width) + k] * gram[(k * width) + j];
                minusT[(i * width) + j] = -tau * sum;
            }
        }
    }

    /// <summary>What a panel needs for the time of its application.</summary>
    private sealed class Workspace(int vectors)
    {
        public double[] Gram { get; } = new double[PanelWidth * PanelWidth];

        public double[] MinusT { get; } = new double[PanelWidth * PanelWidth];

        public double[] Zv { get; } = new double[vectors * PanelWidth];

        public double[] Zvt { get; } = new double[vectors * PanelWidth];

        public static MatrixBatch<double> View(double[] values, int rows, int columns) => MatrixViews.Of(HostKernels.Over(values), 0, rows, columns, columns);
    }
}
