using System.Collections.Immutable;
using BasinVolume.Curvature.Maps;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Volumes.Rays;

/// <summary>
/// How far the quadratic model holds: the true loss where the model reaches the threshold. Along a ray v the model rises by ΔT at the positive root of
///     ½ (vᵀHv) m² + (gᵀv) m = ΔT,   m = 2ΔT/(gᵀv + √((gᵀv)² + 2ΔT vᵀHv)),
/// unless it falls for ever. There the ratio of the true rise to ΔT is 1 as long as the model holds; above 1 the true basin is narrower, below it wider.
/// </summary>
/// <param name="Excess">ΔT.</param>
/// <param name="Ratios">True rise over ΔT, a number for each ray on which the model reaches the threshold, in order.</param>
/// <param name="Unreached">Rays on which the model never does.</param>
public sealed record QuadraticReach(double Excess, ImmutableArray<double> Ratios, int Unreached)
{
    /// <summary>The share of the model's surface that lies inside the true basin: rays with a ratio of at most 1. A NaN without ratios.</summary>
    public double ShareInside => Ratios.Count(ratio => ratio <= 1) / (double)Ratios.Length;

    /// <summary>The mean ratio. A NaN if there is none, or if the loss is not a number somewhere.</summary>
    public double MeanRatio => CompensatedSum.Of(Ratios.AsSpan()) / Ratios.Length;

    /// <summary>Looks at the true loss on the surface of the model's basin.</summary>
    /// <param name="loss">The true loss.</param>
    /// <param name="weights">θ*.</param>
    /// <param name="gradient">g, of the same loss.</param>
    /// <param name="hessian">H, n × n, of the same loss.</param>
    /// <param name="excess">ΔT &gt; 0.</param>
    /// <param name="preconditioner">P; with the Hessian's the points spread evenly over the ellipsoid.</param>
    /// <param name="sampling">How many rays; its radii and tolerance play no role.</param>
    /// <param name="threads">The team that prepares rays and points.</param>
    /// <param name="cancellation">Checked before each evaluation.</param>
    /// <exception cref="MatrixException">Sizes differ.</exception>
    /// <exception cref="VolumeParameterException">ΔT is not a finite number above 0.</exception>
    public static QuadraticReach Of(
        ILossAtWeights loss,
        double[] weights,
        double[] gradient,
        Matrix hessian,
        double excess,
        IRayPreconditioner preconditioner,
        RaySampling sampling,
        HostThreads threads,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(hessian);
        ArgumentNullException.ThrowIfNull(threads);
        return Of(loss, weights, gradient, (hessian.Rows, hessian.Columns), FormsOf, excess, preconditioner, sampling, threads, cancellation);

        double[] FormsOf(Matrix rays)
        {
            double[] forms = new double[rays.Rows];
            threads.Run(RayParts.Count(rays.Rows), new Forms(hessian, rays, forms));
            return forms;
        }
    }

    /// <summary>The same of a Hessian that is known by its products, one for each ray.</summary>
    /// <inheritdoc cref="Of(ILossAtWeights, double[], double[], Matrix, double, IRayPreconditioner, RaySampling, HostThreads, CancellationToken)"/>
    public static QuadraticReach Of(
        ILossAtWeights loss,
        double[] weights,
        double[] gradient,
        ILinearMap hessian,
        double excess,
        IRayPreconditioner preconditioner,
        RaySampling sampling,
        HostThreads threads,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(hessian);
        ArgumentNullException.ThrowIfNull(threads);
        return Of(loss, weights, gradient, (hessian.Order, hessian.Order), FormsOf, excess, preconditioner, sampling, threads, cancellation);

        double[] FormsOf(Matrix rays)
        {
            var products = new Matrix(rays.Rows, rays.Columns);
            hessian.Multiply(rays, products, cancellation);
            return [.. Enumerable.Range(0, rays.Rows).Select(ray => DotProduct.Of(rays.Row(ray), products.Row(ray)))];
        }
    }

    private static QuadraticReach Of(
        ILossAtWeights loss,
        double[] weights,
        double[] gradient,
        (int Rows, int Columns) hessian,
        Func<Matrix, double[]> formsOf,
        double excess,
        IRayPreconditioner preconditioner,
        RaySampling sampling,
        HostThreads threads,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(preconditioner);
        ArgumentNullException.ThrowIfNull(sampling);
        VolumeParameterException.CheckedPositive("threshold ΔT", excess);
        int n = loss.ParameterCount;
        if (weights.Length != n || gradient.Length != n || hessian != (n, n))
            throw new MatrixException(
                $"The loss has {n} parameters, with {weights.Length} weights, {gradient.Length} gradient entries and a {hessian.Rows} x {hessian.Columns} "
                + $"Hessian, where equal sizes are expected: take all from the same network.");

        double[] losses = new double[sampling.BatchSize];
        loss.Evaluate(weights, losses.AsMemory(0, 1), cancellation);
        double atWeights = losses[0];
        var ratios = ImmutableArray.CreateBuilder<double>(sampling.Rays);
        for (int first = 0; first < sampling.Rays; first += sampling.BatchSize)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(sampling.BatchSize, sampling.Rays - first);
            Matrix rays = RayDirections.Of(sampling.Seed, first, count, n, preconditioner, threads).Rays;
            double[] forms = formsOf(rays);
            int reached = Move(rays, weights, gradient, forms, excess);
            loss.Evaluate(rays.Values.AsMemory(0, reached * n), losses.AsMemory(0, reached), cancellation);
            for (int ray = 0; ray < reached; ray++)
                ratios.Add((losses[ray] - atWeights) / excess);
        }

        return new QuadraticReach(excess, ratios.ToImmutable(), sampling.Rays - ratios.Count);
    }

    /// <summary>Turns rays into points on the surface, the rays without one left out; gives their number.</summary>
    private static int Move(Matrix rays, double[] weights, double[] gradient, double[] forms, double excess)
    {
        int reached = 0;
        for (int ray = 0; ray < rays.Rows; ray++)
        {
            ReadOnlySpan<double> v = rays.Row(ray);
            double slope = DotProduct.Of(gradient, v);
            double radius = 2 * excess / (slope + Math.Sqrt((slope * slope) + (2 * excess * forms[ray])));
            if (!(radius > 0) || !double.IsFinite(radius))
                continue;
            Span<double> point = rays.Row(reached++);
            for (int i = 0; i < point.Length; i++)
                point[i] = weights[i] + (radius * v[i]);
        }

        return reached;
    }

    /// <summary>vᵀHv of some rays, reading H row by row.</summary>
    private readonly struct Forms(Matrix hessian, Matrix rays, double[] forms) : IPartitionedWork
    {
        public void Run(int part)
        {
            int first = part * RayParts.RaysPerPart;
            int end = Math.Min(first + RayParts.RaysPerPart, rays.Rows);
            for (int j = 0; j < hessian.Rows; j++)
            {
                for (int ray = first; ray < end; ray++)
                    forms[ray] += rays[ray, j] * DotProduct.Of(hessian.Row(j), rays.Row(ray));
            }
        }
    }
}
