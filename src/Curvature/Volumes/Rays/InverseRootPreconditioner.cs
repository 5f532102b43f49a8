using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Volumes.Rays;

/// <summary>
/// P ∝ (|H| + μI)^(−½) = V diag((|h_i| + μ)^(−½)) Vᵀ with the eigenvectors in the columns of V, scaled to determinant 1.
/// The factor V on the left brings the ray back to the coordinates of the parameters.
/// On a quadratic loss with h_i &gt; 0 and μ = 0 every ray is cut at the same radius: the volume is exact, with variance 0.
/// </summary>
public sealed class InverseRootPreconditioner : IRayPreconditioner
{
    private readonly Matrix _eigenvectors;
    private readonly double[] _scales;

    /// <summary>A preconditioner from eigenvalues and eigenvectors of the Hessian.</summary>
    /// <param name="hessian">All eigenpairs of H. Used, not copied.</param>
    /// <param name="regularisation">μ ≥ 0, in the units of H, such as the curvature λ + k/σ² of penalty and prior.</param>
    /// <exception cref="MatrixException">Eigenvectors are missing.</exception>
    /// <exception cref="VolumeParameterException">μ is negative, or an |h_i| + μ is not above 0.</exception>
    public InverseRootPreconditioner(Eigenpairs hessian, double regularisation)
        : this(hessian, RegularisedCurvatures(hessian, regularisation))
    {
    }

    private InverseRootPreconditioner(Eigenpairs eigenpairs, double[] curvatures)
    {
        eigenpairs.ThrowIfNotComplete();
        _eigenvectors = eigenpairs.Vectors;
        _scales = DiagonalPreconditioner.Normalised(
            [.. curvatures.Select(c => 1 / Math.Sqrt(VolumeParameterException.CheckedPositive("regularised curvature |h| + μ", c)))]);
    }

    /// <inheritdoc/>
    public string Name => "hessian";

    /// <summary>V diag(c_i^(−½)) Vᵀ for any c_i &gt; 0, scaled to determinant 1.</summary>
    internal static InverseRootPreconditioner Of(Eigenpairs eigenpairs, double[] curvatures) => new(eigenpairs, curvatures);

    /// <inheritdoc/>
    public void Apply(Matrix directions, HostThreads threads)
    {
        ArgumentNullException.ThrowIfNull(directions);
        ArgumentNullException.ThrowIfNull(threads);
        var along = new Matrix(directions.Rows, directions.Columns);
        threads.Run(RayParts.Count(directions.Rows), new Turn(_eigenvectors, _scales, directions, along));
    }

    private static double[] RegularisedCurvatures(Eigenpairs hessian, double regularisation)
    {
        ArgumentNullException.ThrowIfNull(hessian);
        VolumeParameterException.Checked(
            "regularisation μ", regularisation, double.IsFinite(regularisation) && regularisation >= 0, "a finite number of at least 0");
        return [.. hessian.Eigenvalues.Select(h => Math.Abs(h) + regularisation)];
    }

    /// <summary>Some rays: coordinates y_i = scale_i v_iᵀu along the eigenvectors, then Σ y_i v_i, each reading the eigenvectors one after the other.</summary>
    private readonly struct Turn(Matrix eigenvectors, double[] scales, Matrix rays, Matrix along) : IPartitionedWork
    {
        public void Run(int part)
        {
            int first = part * RayParts.RaysPerPart;
            int end = Math.Min(first + RayParts.RaysPerPart, rays.Rows);
            for (int i = 0; i < eigenvectors.Rows; i++)
            {
                for (int ray = first; ray < end; ray++)
                    along[ray, i] = scales[i] * DotProduct.Of(eigenvectors.Row(i), rays.Row(ray));
            }

            for (int ray = first; ray < end; ray++)
                rays.Row(ray).Clear();
            for (int i = 0; i < eigenvectors.Rows; i++)
            {
                for (int ray = first; ray < end; ray++)
                    Vectors.AddScaled(rays.Row(ray), along[ray, i], eigenvectors.Row(i));
            }
        }
    }
}
