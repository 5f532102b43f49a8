using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Identities;

/// <summary>
/// H v is the derivative of the gradient along v: (g(θ + t v) − g(θ − t v))/(2t) → H v. The gradients are computed in double on the processor, whatever the device and its precision, so that this is
/// also a comparison of two devices.
/// <para>
/// A central difference is off by O(t²) and by the rounding ε₂ γ'/t of the two gradients (ε₂ = 2⁻⁵²). Where a ReLU or a max-pool changes sides within t it is off by much more, because H is that of the
/// piece that θ lies in; so several steps t |v| = ε₂^{k/12} |θ|, k = 4 … 7, are tried, and the bound is the rounding of the smallest. Parameters that are exactly 0 are not moved: biases that are still 0
/// put whole regions of an image exactly on such an edge.
/// </para>
/// </summary>
internal sealed class CentralDifference : IIdentity
{
    private const string Name = "central-difference";
    private const string Statement = "(g(θ + t v) − g(θ − t v))/2t = H v";
    private const double Roundoff = 1.0 / (1L << 52);
    private static readonly double[] Steps = [.. new[] { 4, 5, 6, 7 }.Select(k => Math.Pow(Roundoff, k / 12.0))];

    /// <inheritdoc/>
    public string Title => "central difference";

    /// <inheritdoc/>
    public IReadOnlyList<IdentityCheck> Check(Derivatives at, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        Matrix direction = Signs.Draw(1, at.Count, seed: 6);
        for (int i = 0; i < at.Count; i++)
            direction[0, i] *= at.Parameters[i] == 0 ? 0 : 1;
        double length = Vectors.Norm(direction.Values), size = Vectors.Norm(at.Parameters);
        if (length == 0)
            return [IdentityCheck.NotApplicable(Name, Statement, "all parameters are 0, where every piecewise linear function may have an edge")];
        double[] product = at.Multiply(direction, progress, cancellation).Values;
        double[] steps = [.. Steps.Select(step => step * size / length)];
        double[][] gradients = at.Passes.GradientsAt([.. steps.SelectMany(step => new[] { Moved(at, direction, step), Moved(at, direction, -step) })]);
        double residual = steps.Select((step, i) => Vectors.Distance(Difference(gradients[2 * i], gradients[(2 * i) + 1], step), product)).Min();
        // |v| = √(elements moved): for random signs H v has the size h |v|/√n.
        double bound = (at.Rounding * at.RecomputedCurvatureScale) + (at.Growth * Roundoff * at.RecomputedGradientScale / steps[^1]);
        return [new(Name, Statement, "H is the derivative of g", residual, bound, "4√(n + N) (ε h' |v|/√m + ε₂ γ'/t)")];
    }

    private static double[] Moved(Derivatives at, Matrix direction, double step) => [.. at.Parameters.Zip(direction.Values, (parameter, v) => parameter + (step * v))];

    private static double[] Difference(double[] plus, double[] minus, double step) => [.. plus.Zip(minus, (p, m) => (p - m) / (2 * step))];
}
