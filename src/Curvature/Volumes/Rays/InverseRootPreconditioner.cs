using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Curvature.Volumes.Rays;

/// <summary>
/// P ∝ (|H| + μI)^(−½) = V diag((|h_i| + μ)^(−½)) Vᵀ, scaled to determinant 1. The factor V on the left brings the ray back to the coordinates of the parameters.
/// On a quadratic loss with h_i &gt; 0 and μ = 0 every ray is cut at the same radius: the volume is exact, with variance 0.
/// </summary>
public sealed class InverseRootPreconditioner : IRayPreconditioner
{
    private readonly Matrix _eigenvectors;
    private readonly double[] _scales;

    /// <summary>A preconditioner from eigenvalues and eigenvectors of the Hessian.</summary>
    /// <param name="hessian">The spectrum of H.</param>
    /// <param name="eigenvectors">V, n × n; column i is the unit eigenvector of the i-th smallest eigenvalue. Used, not copied.</param>
    /// <param name="regularisation">μ ≥ 0, in the units of H, such as the curvature λ + k/σ² of penalty and prior.</param>
    /// <exception cref="MatrixException">V is not n × n.</exception>
    /// <exception cref="VolumeParameterException">μ is negative, or an |h_i| + μ is not above 0.</exception>
    public InverseRootPreconditioner(Spectrum hessian, Matrix eigenvectors, double regularisation)
        : this(eigenvectors, RegularisedCurvatures(hessian, eigenvectors, regularisation))
    {
    }

    private InverseRootPreconditioner(Matrix eigenvectors, double[] curvatures)
    {
        _eigenvectors = eigenvectors;
        _scales = DiagonalPreconditioner.Normalised([.. curvatures.Select(c => 1 / Math.Sqrt(VolumeParameterException.CheckedPositive("regularised curvature |h| + μ", c)))]);
    }

    /// <inheritdoc/>
    public string Name => "hessian";

    /// <summary>V diag(c_i^(−½)) Vᵀ for any c_i &gt; 0, scaled to determinant 1.</summary>
    internal static InverseRootPreconditioner Of(Matrix eigenvectors, double[] curvatures)
    {
        CheckSize(eigenvectors, curvatures.Length);
        return new(eigenvectors, curvatures);
    }

    /// <inheritdoc/>
    public void Apply(Matrix directions, HostThreads threads)
    {
        ArgumentNullException.ThrowIfNull(directions);
        ArgumentNullException.ThrowIfNull(threads);
        var along = new Matrix(directions.Rows, directions.Columns);
        threads.Run(RayParts.Count(directions.Rows), new Turn(_eigenvectors, _scales, directions, along));
    }

    private static double[] RegularisedCurvatures(Spectrum hessian, Matrix eigenvectors, double regularisation)
    {
        ArgumentNullException.ThrowIfNull(hessian);
        ArgumentNullException.ThrowIfNull(eigenvectors);
        CheckSize(eigenvectors, hessian.Order);
        VolumeParameterException.Checked("regularisation μ", regularisation, double.IsFinite(regularisation) && regularisation >= 0, "a finite number of at least 0");
        return [.. hessian.Eigenvalues.Select(h => Math.Abs(h) + regularisation)];
    }

    private static void CheckSize(Matrix eigenvectors, int order)
    {
        if (eigenvectors.Rows != order || eigenvectors.Columns != order)
            throw new MatrixException($"The eigenvectors are {eigenvectors.Rows} x {eigenvectors.Columns} where {order} x {order} is expected: take them from the same matrix as the eigenvalues.");
    }

    /// <summary>Some rays: y = diag(scales) Vᵀ u, then v = V y, each reading V row by row.</summary>
    private readonly struct Turn(Matrix eigenvectors, double[] scales, Matrix rays, Matrix along) : IPartitionedWork
    {
        public void Run(int part)
        {
            int first = part * RayParts.RaysPerPart;
            int end = Math.Min(first + RayParts.RaysPerPart, rays.Rows);
            for (int j = 0; j < eigenvectors.Rows; j++)
            {
                for (int ray = first; ray < end; ray++)
                    Vectors.AddScaled(along.Row(ray), rays[ray, j], eigenvectors.Row(j));
            }

            for (int ray = first; ray < end; ray++)
            {
                Span<double> y = along.Row(ray);
                for (int i = 0; i < y.Length; i++)
                    y[i] *= scales[i];
            }

            for (int j = 0; j < eigenvectors.Rows; j++)
            {
                for (int ray = first; ray < end; ray++)
                    rays[ray, j] = Vectors.Dot(eigenvectors.Row(j), along.Row(ray));
            }
        }
    }
}
