using BasinVolume.Curvature.Sampling;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Volumes.Rays;

/// <summary>
/// The rays v = P u of a sampling, u = (b + z)/|b + z| with z standard normal. Without drift b they are uniform on the unit sphere;
/// else their density there, relative to the uniform one, is that of a projected normal,
///     exp(−|b|²/2) ∫₀^∞ t^(n−1) exp(−t²/2 + t u·b) dt / ∫₀^∞ t^(n−1) exp(−t²/2) dt.
/// </summary>
/// <param name="Rays">v, one a row.</param>
/// <param name="LogDensities">The logarithm of that density for each.</param>
internal sealed record RayDirections(Matrix Rays, double[] LogDensities)
{
    /// <summary>Some rays.</summary>
    /// <param name="seed">The sampling's seed.</param>
    /// <param name="first">Number of the first ray.</param>
    /// <param name="count">How many.</param>
    /// <param name="dimension">n.</param>
    /// <param name="preconditioner">P and b.</param>
    /// <param name="threads">The team.</param>
    public static RayDirections Of(ulong seed, int first, int count, int dimension, IRayPreconditioner preconditioner, HostThreads threads)
    {
        var directions = new RayDirections(new(count, dimension), new double[count]);
        double[] drift = [.. preconditioner.Drift];
        double unit = drift.Length == 0 ? 0 : RadialIntegral.Log(dimension, double.PositiveInfinity, 0) + (DotProduct.Of(drift, drift) / 2);
        threads.Run(count, new Draw(directions, drift, unit, seed, first));
        preconditioner.Apply(directions.Rays, threads);
        return directions;
    }

    private readonly struct Draw(RayDirections directions, double[] drift, double unit, ulong seed, int first) : IPartitionedWork
    {
        public void Run(int part)
        {
            Span<double> direction = directions.Rays.Row(part);
            NormalVectors.Fill(seed, (ulong)(first + part), direction);
            for (int i = 0; i < drift.Length; i++)
                direction[i] += drift[i];
            double length = EuclideanNorm.Plain(direction);
            for (int i = 0; i < direction.Length; i++)
                direction[i] /= length;
            if (drift.Length > 0)
                directions.LogDensities[part] = RadialIntegral.Log(direction.Length, double.PositiveInfinity, -DotProduct.Of(direction, drift)) - unit;
        }
    }
}
