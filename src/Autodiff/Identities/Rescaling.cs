using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Autodiff.Identities;

/// <summary>
/// Two layers with only positively homogeneous operators between them (ReLU, pools): L does not change when the first one's weight and bias are multiplied by α
/// > 0 and the second one's weight W divided by it. With S = diag(+1 on the first layer, −1 on W, 0 elsewhere) that is L(e^{tS} θ) = L(θ).
/// Its derivatives in t at 0, and in θ, with u = Sθ:
/// <code>
/// d/dt      g·u = 0
/// ∇ d/dt    H u = −S g
/// d²/dt²    uᵀH u + uᵀS g = 0,  uᵀS g = ⟨θ₁, g₁⟩ + ⟨W, g_W⟩ = 2 ⟨W, g_W⟩ by the first line:   uᵀH u = −2 ⟨W, g_W⟩
/// </code>
/// </summary>
internal sealed class Rescaling : IIdentity
{
    private const string GradientName = "rescaling-gradient";
    private const string HessianName = "rescaling-hessian";
    private const string CurvatureName = "rescaling-curvature";
    private const string GradientStatement = "g·u = 0";
    private const string HessianStatement = "H u = −S g";
    private const string CurvatureStatement = "uᵀH u = −2⟨W, g_W⟩";

    /// <inheritdoc/>
    public string Title => "rescaling";

    /// <inheritdoc/>
    public IReadOnlyList<IdentityCheck> Check(Derivatives at, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        RescalingPair[] pairs = [.. RescalingPair.Of(at.Network)];
        if (pairs.Length == 0)
        {
            const string Reason = "no two layers have only positively homogeneous operators between them";
            return
            [
                IdentityCheck.NotApplicable(GradientName, GradientStatement, Reason),
                IdentityCheck.NotApplicable(HessianName, HessianStatement, Reason),
                IdentityCheck.NotApplicable(CurvatureName, CurvatureStatement, Reason),
            ];
        }

        double[][] exponents = [.. pairs.Select(pair => pair.Exponents(at.Network))];
        var directions = new Matrix(
            pairs.Length, at.Count, [.. exponents.SelectMany(s => s.Zip(at.Parameters, (exponent, parameter) => exponent * parameter))]);
        Matrix products = at.Multiply(directions, progress, cancellation);
        IdentityCheck[][] checks = [.. pairs.Select((pair, i) => OfPair(at, pair, exponents[i], directions.Row(i), products.Row(i)))];
        return [.. Enumerable.Range(0, 3).Select(i => IdentityCheck.Worst(checks.Select(ofPair => ofPair[i])))];
    }

    private static IdentityCheck[] OfPair(Derivatives at, RescalingPair pair, double[] exponents, ReadOnlySpan<double> u, ReadOnlySpan<double> product)
    {
        double[] expected = [.. exponents.Zip(at.Gradient, (exponent, g) => -exponent * g)];
        double weight = 0;
        for (int i = 0; i < exponents.Length; i++)
            weight += exponents[i] < 0 ? at.Parameters[i] * at.Gradient[i] : 0;
        double length = EuclideanNorm.InOrder(u);
        double gradient = at.Rounding * at.GradientScale, hessian = at.Rounding * ((at.CurvatureScale * length) + at.GradientScale);
        Operator first = at.Network.Nodes[pair.First].Operator, second = at.Network.Nodes[pair.Second].Operator;
        string reason = $"{first.Description} can be multiplied by what {second.Description} is divided by";
        return
        [
            new(GradientName, GradientStatement, reason, Math.Abs(DotProduct.InOrder(at.Gradient, u)), gradient * length, "4√(n + N) ε γ |u|"),
            new(HessianName, HessianStatement, reason, EuclideanNorm.OfDifference(product, expected), hessian, "4√(n + N) ε (h |u| + γ)"),
            new(
                CurvatureName,
                CurvatureStatement,
                reason,
                Math.Abs(DotProduct.InOrder(u, product) + (2 * weight)),
                hessian * length,
                "4√(n + N) ε (h |u| + γ) |u|"),
        ];
    }
}
