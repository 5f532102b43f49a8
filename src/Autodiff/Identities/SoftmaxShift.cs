using System.Collections.Immutable;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Autodiff.Identities;

/// <summary>
/// Softmax does not change when the same number is added to all outputs, and a linear layer before it adds the same number to all outputs when W[:, j] of every
/// class (or every element of β) is raised by t. So L is constant along these F + 1 directions d, wherever one is:
/// <code>
/// g·d = 0        H d = 0
/// </code>
/// Every row of H sums to 0 over the classes for each feature; H has at least F + 1 eigenvalues 0.
/// </summary>
internal sealed class SoftmaxShift : IIdentity
{
    private const string GradientName = "softmax-shift-gradient";
    private const string HessianName = "softmax-shift-hessian";
    private const string GradientStatement = "g·d = 0";
    private const string HessianStatement = "H d = 0";

    /// <inheritdoc/>
    public string Title => "softmax shift";

    /// <inheritdoc/>
    public IReadOnlyList<IdentityCheck> Check(Derivatives at, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        if (SoftmaxHead.Of(at.Network) is not { } head)
        {
            return
            [
                IdentityCheck.NotApplicable(GradientName, GradientStatement, SoftmaxHead.Missing),
                IdentityCheck.NotApplicable(HessianName, HessianStatement, SoftmaxHead.Missing),
            ];
        }

        Matrix directions = Directions(head, at.Count);
        Matrix products = at.Multiply(directions, progress, cancellation);
        double gradient = 0, hessian = 0;
        for (int d = 0; d < directions.Rows; d++)
        {
            gradient = Math.Max(gradient, Math.Abs(DotProduct.InOrder(at.Gradient, directions.Row(d))));
            hessian = Math.Max(hessian, EuclideanNorm.InOrder(products.Row(d)));
        }

        double length = Math.Sqrt(head.Classes);
        string reason = $"adding the same number to every output of {head.Layer.Description} changes no softmax: {directions.Rows} directions d";
        return
        [
            new(GradientName, GradientStatement, reason, gradient, at.Rounding * at.GradientScale * length, "4√(n + N) ε γ |d|"),
            new(HessianName, HessianStatement, reason, hessian, at.Rounding * at.CurvatureScale * length, "4√(n + N) ε h |d|"),
        ];
    }

    private static Matrix Directions(SoftmaxHead head, int n)
    {
        ImmutableArray<ImmutableArray<int>> sets = head.Shifts();
        var directions = new Matrix(sets.Length, n);
        for (int d = 0; d < sets.Length; d++)
        {
            foreach (int place in sets[d])
                directions[d, place] = 1;
        }

        return directions;
    }
}
