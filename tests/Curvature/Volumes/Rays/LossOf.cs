using BasinVolume.Curvature.Volumes.Rays;

namespace BasinVolume.Curvature.Tests.Volumes.Rays;

/// <summary>A loss given as a function of one weight vector; counts what it is asked.</summary>
internal sealed class LossOf(int parameters, Func<double[], double> loss) : ILossAtWeights
{
    public int ParameterCount => parameters;

    public double UnitRoundoff => Spectrum.DoubleRoundoff;

    public int Evaluations { get; private set; }

    public int LargestBatch { get; private set; }

    public void Evaluate(ReadOnlyMemory<double> weights, Memory<double> losses, CancellationToken cancellation)
    {
        Evaluations += losses.Length;
        LargestBatch = Math.Max(LargestBatch, losses.Length);
        for (int i = 0; i < losses.Length; i++)
            losses.Span[i] = loss(weights.Slice(i * parameters, parameters).ToArray());
    }

    /// <summary>½ Σ h_i θ_i².</summary>
    public static LossOf Diagonal(params double[] curvatures) => new(curvatures.Length, theta => theta.Zip(curvatures, (t, h) => h * t * t / 2).Sum());
}
