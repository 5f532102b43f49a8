using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Autodiff.Identities;

/// <summary>
/// H = G + Σ ω Σ_k ∂ℓ/∂o_k ∇²o_k with the Gauss–Newton matrix G. An operator is linear in its own parameters θ_L, and if everything behind it is piecewise
/// linear, so is the output in θ_L:
/// ∇²o = 0 there, and the layer's block of H is that of G,
/// <code>
/// H_LL v = G_LL v
/// </code>
/// G comes from passes without adjoints, H from passes with them. Checked with random signs v inside each such layer;
/// if it holds for all layers, trace H = trace G too.
/// </summary>
internal sealed class GaussNewtonBlocks : IIdentity
{
    private const string Name = "gauss-newton-blocks";
    private const string Statement = "H_LL v = G_LL v";

    /// <inheritdoc/>
    public string Title => "Gauss–Newton blocks";

    /// <inheritdoc/>
    public IReadOnlyList<IdentityCheck> Check(Derivatives at, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        int[] layers = [.. PiecewiseLinearLayers.Of(at.Network)];
        if (layers.Length == 0)
            return [IdentityCheck.NotApplicable(Name, Statement, "behind every layer there is an operator that is not piecewise linear")];
        (int Start, int Size)[] places = [.. layers.Select(
            node => (at.Network.Parameters.First(parameter => parameter.Node == node).Offset, PiecewiseLinearLayers.SizeOf(at.Network, node)))];
        var directions = new Matrix(layers.Length, at.Count);
        for (int i = 0; i < layers.Length; i++)
            Signs.Draw(1, places[i].Size, seed: 5 + i).Values.CopyTo(directions.Row(i).Slice(places[i].Start, places[i].Size));
        Matrix hessian = at.Multiply(directions, progress, cancellation), gaussNewton = at.Passes.MultiplyGaussNewton(directions, cancellation);
        return [IdentityCheck.Worst(layers.Select((node, i) => new IdentityCheck(
            Name,
            Statement,
            $"the network is piecewise linear behind {layers.Length} of its layers; worst at {at.Network.Nodes[node].Operator.Description}",
            EuclideanNorm.OfDifference(hessian.Row(i).Slice(places[i].Start, places[i].Size), gaussNewton.Row(i).Slice(places[i].Start, places[i].Size)),
            at.Rounding * at.CurvatureScale,
            "4√(n + N) ε h |v|/√n_L")))];
    }
}
