using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Volumes.Rays;

/// <summary>P = diag d, scaled to determinant 1: d/exp(mean log d).</summary>
public sealed class DiagonalPreconditioner : IRayPreconditioner
{
    private readonly double[] _diagonal;

    /// <summary>A preconditioner from any positive scale of each parameter, such as 1/√(h_jj + μ).</summary>
    /// <param name="scales">d, [n]; only their ratios matter.</param>
    /// <exception cref="VolumeParameterException">A scale is not a finite number above 0.</exception>
    public DiagonalPreconditioner(ReadOnlySpan<double> scales) => _diagonal = Normalised(scales);

    /// <inheritdoc/>
    public string Name => "diagonal";

    /// <inheritdoc/>
    public void Apply(Matrix directions, HostThreads threads)
    {
        ArgumentNullException.ThrowIfNull(directions);
        for (int row = 0; row < directions.Rows; row++)
        {
            Span<double> ray = directions.Row(row);
            for (int i = 0; i < ray.Length; i++)
                ray[i] *= _diagonal[i];
        }
    }

    /// <summary>Scales divided by their geometric mean.</summary>
    internal static double[] Normalised(ReadOnlySpan<double> scales)
    {
        double[] normalised = new double[scales.Length];
        for (int i = 0; i < scales.Length; i++)
            normalised[i] = Math.Log(VolumeParameterException.CheckedPositive($"scale of direction {i}", scales[i]));
        double mean = CompensatedSum.Of(normalised) / scales.Length;
        for (int i = 0; i < scales.Length; i++)
            normalised[i] = Math.Exp(normalised[i] - mean);
        return normalised;
    }
}
