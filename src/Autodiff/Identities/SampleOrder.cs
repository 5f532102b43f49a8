using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Autodiff.Identities;

/// <summary>
/// L is a sum over samples: in reverse order and cut into other chunks it is the same up to rounding, and so are g and H v.
/// What one sample leaves behind for the next would show here.
/// </summary>
internal sealed class SampleOrder : IIdentity
{
    /// <inheritdoc/>
    public string Title => "order of samples";

    /// <inheritdoc/>
    public IReadOnlyList<IdentityCheck> Check(Derivatives at, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        Matrix direction = Signs.Draw(1, at.Count, seed: 7);
        (double[] gradient, Matrix products) = at.Passes.Rearranged(direction, cancellation);
        double[] expected = at.Multiply(direction, progress, cancellation).Values;
        const string Reason = "the loss is a sum over samples";
        return
        [
            new(
                "sample-order-gradient",
                "g' = g",
                Reason,
                EuclideanNorm.OfDifference(gradient, at.Gradient),
                at.Rounding * at.RecomputedGradientScale,
                "4√(n + N) ε γ'"),
            new(
                "sample-order-hessian",
                "H' v = H v",
                Reason,
                EuclideanNorm.OfDifference(products.Values, expected),
                at.Rounding * at.RecomputedCurvatureScale,
                "4√(n + N) ε h' |v|/√n"),
        ];
    }
}
