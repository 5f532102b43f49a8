using System.Numerics;
using System.Runtime.InteropServices;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Curvature.Volumes.Rays;

/// <summary>
/// P ∝ (|H| + μI)^(−½) = V diag((|h_i| + μ)^(−½)) Vᵀ, scaled to determinant 1. The factor V on the left brings the ray back to the coordinates of the parameters.
/// On a quadratic loss with h_i &gt; 0 and μ = 0 every ray is cut at the same radius: the volume is exact, with variance 0.
/// </summary>
public sealed class InverseRootPreconditioner : IRayPreconditioner
{
    /// <summary>Rays that share one reading of V: their 2·8 vectors and a row of V stay in the cache.</summary>
    private const int RaysPerPart = 8;

    private readonly Matrix _eigenvectors;
    private readonly double[] _scales;

    /// <summary>A preconditioner from eigenvalues and eigenvectors of the Hessian.</summary>
    /// <param name="hessian">The spectrum of H.</param>
    /// <param name="eigenvectors">V, n × n; column i is the unit eigenvector of the i-th smallest eigenvalue. Used, not copied.</param>
    /// <param name="regularisation">μ ≥ 0, in the units of H, such as the curvature λ + k/σ² of penalty and prior.</param>
    /// <exception cref="MatrixException">V is not n × n.</exception>
    /// <exception cref="VolumeParameterException">μ is negative, or an |h_i| + μ is not above 0.</exception>
    public InverseRootPreconditioner(Spectrum hessian, Matrix eigenvectors, double regularisation)
    {
        ArgumentNullException.ThrowIfNull(hessian);
        ArgumentNullException.ThrowIfNull(eigenvectors);
        if (eigenvectors.Rows != hessian.Order || eigenvectors.Columns != hessian.Order)
            throw new MatrixException($"The eigenvectors are {eigenvectors.Rows} x {eigenvectors.Columns} where {hessian.Order} x {hessian.Order} is expected: take them from the same matrix as the eigenvalues.");
        VolumeParameterException.Checked("regularisation μ", regularisation, double.IsFinite(regularisation) && regularisation >= 0, "a finite number of at least 0");
        _eigenvectors = eigenvectors;
        _scales = DiagonalPreconditioner.Normalised([.. hessian.Eigenvalues.Select(h =>
            1 / Math.Sqrt(VolumeParameterException.CheckedPositive("regularised curvature |h| + μ", Math.Abs(h) + regularisation)))]);
    }

    /// <inheritdoc/>
    public string Name => "hessian";

    /// <inheritdoc/>
    public void Apply(Matrix directions, HostThreads threads)
    {
        ArgumentNullException.ThrowIfNull(directions);
        ArgumentNullException.ThrowIfNull(threads);
        var along = new Matrix(directions.Rows, directions.Columns);
        threads.Run((directions.Rows + RaysPerPart - 1) / RaysPerPart, new Turn(_eigenvectors, _scales, directions, along));
    }

    /// <summary>Some rays: y = diag(scales) Vᵀ u, then v = V y, each reading V row by row.</summary>
    private readonly struct Turn(Matrix eigenvectors, double[] scales, Matrix rays, Matrix along) : IPartitionedWork
    {
        public void Run(int part)
        {
            int first = part * RaysPerPart;
            int end = Math.Min(first + RaysPerPart, rays.Rows);
            for (int j = 0; j < eigenvectors.Rows; j++)
            {
                for (int ray = first; ray < end; ray++)
                    AddScaled(along.Row(ray), rays[ray, j], eigenvectors.Row(j));
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
                    rays[ray, j] = Dot(eigenvectors.Row(j), along.Row(ray));
            }
        }

        private static void AddScaled(Span<double> target, double a, ReadOnlySpan<double> x)
        {
            Span<Vector<double>> targets = MemoryMarshal.Cast<double, Vector<double>>(target);
            ReadOnlySpan<Vector<double>> xs = MemoryMarshal.Cast<double, Vector<double>>(x);
            for (int i = 0; i < targets.Length; i++)
                targets[i] += a * xs[i];
            for (int i = targets.Length * Vector<double>.Count; i < target.Length; i++)
                target[i] += a * x[i];
        }

        private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
        {
            ReadOnlySpan<Vector<double>> xs = MemoryMarshal.Cast<double, Vector<double>>(x);
            ReadOnlySpan<Vector<double>> ys = MemoryMarshal.Cast<double, Vector<double>>(y);
            Vector<double> sums = Vector<double>.Zero;
            for (int i = 0; i < xs.Length; i++)
                sums += xs[i] * ys[i];
            double sum = Vector.Sum(sums);
            for (int i = xs.Length * Vector<double>.Count; i < x.Length; i++)
                sum += x[i] * y[i];
            return sum;
        }
    }
}
