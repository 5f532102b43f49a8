using BasinVolume.Curvature.Sampling;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Curvature.Volumes.Rays;

/// <summary>The rays v = P u of a sampling, u a normal vector divided by its length, which is uniform on the unit sphere.</summary>
internal static class RayDirections
{
    /// <summary>Some rays, one a row.</summary>
    /// <param name="seed">The sampling's seed.</param>
    /// <param name="first">Number of the first ray.</param>
    /// <param name="count">How many.</param>
    /// <param name="dimension">n.</param>
    /// <param name="preconditioner">P.</param>
    /// <param name="threads">The team.</param>
    public static Matrix Of(ulong seed, int first, int count, int dimension, IRayPreconditioner preconditioner, HostThreads threads)
    {
        var directions = new Matrix(count, dimension);
        threads.Run(count, new Draw(directions, seed, first));
        preconditioner.Apply(directions, threads);
        return directions;
    }

    private readonly struct Draw(Matrix directions, ulong seed, int first) : IPartitionedWork
    {
        public void Run(int part)
        {
            Span<double> direction = directions.Row(part);
            NormalVectors.Fill(seed, (ulong)(first + part), direction);
            double length = Math.Sqrt(Vectors.Dot(direction, direction));
            for (int i = 0; i < direction.Length; i++)
                direction[i] /= length;
        }
    }
}
