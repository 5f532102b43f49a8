using BasinVolume.Curvature.Densities;
using BasinVolume.Curvature.Volumes;

namespace BasinVolume.Mnist.Jobs.VolumeJob;

/// <summary>What is said of the quadratic model whose basin is measured, an added penalty included, whether its matrix is held or not.</summary>
/// <param name="Dimension">n.</param>
/// <param name="Loss">L(θ*); a NaN where it is not known.</param>
/// <param name="GradientNorm">|g|.</param>
public sealed record QuadraticFacts(int Dimension, double Loss, double GradientNorm)
{
    /// <summary>Eigenvalues of at most this magnitude are zero; null where inertia is not known.</summary>
    public double? ZeroTolerance { get; init; }

    /// <summary>The largest eigenvalue; null where it is not known.</summary>
    public double? Largest { get; init; }

    /// <summary>How many eigenvalues are above it, within it and below it; null where inertia is not known.</summary>
    public (CountRange Positive, CountRange Zero, CountRange Negative)? Inertia { get; init; }

    /// <summary>Those of a matrix that is held.</summary>
    public static QuadraticFacts Of(QuadraticModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new(model.Dimension, model.Loss, model.GradientNorm)
        {
            ZeroTolerance = model.Hessian.ZeroTolerance,
            Largest = model.Hessian.Maximum,
            Inertia = (Exactly(model.Hessian.Inertia.Positive), Exactly(model.Hessian.Inertia.Zero), Exactly(model.Hessian.Inertia.Negative)),
        };
    }

    private static CountRange Exactly(int count) => new(count, count);
}
