using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Autodiff.Identities;

/// <summary>
/// H v is the derivative of the gradient along v: D(t) = (g(θ + t v) − g(θ − t v))/(2t) → H v. The gradients are computed in double on the processor, whatever
/// the device and its precision, so that this is also a comparison of two devices.
/// <para>
/// D(t) is off by its truncation c t² + O(t⁴) and by the rounding ε₂ γ'/t of the two gradients (ε₂ = 2⁻⁵²).
/// Neither the best step nor c is known beforehand, so four steps are tried, each the twentieth part of the one before it: t_k |v| = ε₂^{k/12} |θ|.
/// With q = t_k²/t_{k+1}² = 2^{26/3} = 406 two neighbours tell the truncation of the larger step:
/// </para>
/// <code>
/// D_k − D_{k+1} = c t_k² (1 − 1/q) + rounding
/// bound_k       = 4√(n + N) (ε h' |v|/√m + ε₂ γ'/t_k) + 2 max_{l > k} |D_k − D_l|
/// </code>
/// <para>
/// The largest difference to a smaller step counts, because two steps may agree by chance, and twice, because the smaller step is off as well.
/// The step of the smallest bound is compared. The smallest step has no estimate; its truncation is far below its rounding.
/// </para>
/// <para>
/// Where a relu or a max-pool changes sides within t, D is off by a jump of g over t, because H is that of the piece that θ lies in.
/// A smaller step does not cross that edge or is off by twenty times as much, so that |D_k − D_l| sees it.
/// A network without edges is compared with k = 3 … 6, where truncation and rounding are least; one with edges with k = 4 … 7, whose smallest step rarely
/// crosses any.
/// Parameters that the smallest step would carry through 0 are not moved where an edge lies behind them:
/// biases that are still 0 put whole regions of an image exactly on it, and a layer of tiny weights lies beside it.
/// </para>
/// </summary>
internal sealed class CentralDifference : IIdentity
{
    private const string Name = "central-difference";
    private const string Statement = "(g(θ + t v) − g(θ − t v))/2t = H v";
    private const double Roundoff = 1.0 / (1L << 52);

    /// <inheritdoc/>
    public string Title => "central difference";

    /// <inheritdoc/>
    public IReadOnlyList<IdentityCheck> Check(Derivatives at, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        double size = EuclideanNorm.InOrder(at.Parameters);
        if (size == 0)
            return [IdentityCheck.NotApplicable(Name, Statement, "all parameters are 0, so that nothing says how far to move them")];
        bool[] edges = Edges.Behind(at.Network);
        Matrix direction = Signs.Draw(1, at.Count, seed: 6);
        double[] lengths = Lengths(edges, size);
        double smallest = lengths[^1] / EuclideanNorm.InOrder(direction.Values);
        for (int i = 0; i < at.Count; i++)
            direction[0, i] *= edges[i] && Math.Abs(at.Parameters[i]) <= smallest ? 0 : 1;
        double[] product = at.Multiply(direction, progress, cancellation).Values;
        double[] steps = [.. lengths.Select(length => length / EuclideanNorm.InOrder(direction.Values))];
        double[][] gradients = at.Passes.GradientsAt([.. steps.SelectMany(step => new[] { Moved(at, direction, step), Moved(at, direction, -step) })]);
        double[][] differences = [.. steps.Select((step, i) => Difference(gradients[2 * i], gradients[(2 * i) + 1], step))];
        // |v| = √(elements moved): for random signs H v has the size h |v|/√n.
        double curvatureRounding = at.Rounding * at.RecomputedCurvatureScale, gradientRounding = at.Growth * Roundoff * at.RecomputedGradientScale;
        double[] bounds = [.. steps.Select((step, i) => curvatureRounding + (gradientRounding / step) + Truncation(differences.AsSpan(i)))];
        int best = Enumerable.Range(0, bounds.Length).MinBy(i => bounds[i]);
        return
        [
            new(
                Name,
                Statement,
                "H is the derivative of g",
                EuclideanNorm.OfDifference(differences[best], product),
                bounds[best],
                "4√(n + N) (ε h' |v|/√m + ε₂ γ'/t) + 2 |D(t) − D(smaller t)|"),
        ];
    }

    // t_k |v|, the largest first.
    private static double[] Lengths(bool[] edges, double size)
        => [.. Enumerable.Range(edges.Contains(true) ? 4 : 3, 4).Select(k => Math.Pow(Roundoff, k / 12.0) * size)];

    private static double[] Moved(Derivatives at, Matrix direction, double step)
        => [.. at.Parameters.Zip(direction.Values, (parameter, v) => parameter + (step * v))];

    private static double[] Difference(double[] plus, double[] minus, double step) => [.. plus.Zip(minus, (p, m) => (p - m) / (2 * step))];

    // Of the first one, by those of smaller steps.
    private static double Truncation(ReadOnlySpan<double[]> differences)
    {
        double largest = 0;
        foreach (double[] smaller in differences[1..])
            largest = Math.Max(largest, EuclideanNorm.OfDifference(differences[0], smaller));
        return 2 * largest;
    }
}
