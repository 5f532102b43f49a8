using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Identities;

/// <summary>
/// A feature x̂_j of the last linear layer that is 0 for every sample: the gradient in W[:, j] is Σ ω r x̂_j = 0, and the layer's block Σ ω K ⊗ x̂x̂ᵀ has zeros
/// in these rows and columns, so C − 1 more eigenvalues 0 each besides the shift's. Nothing but zeros is multiplied and added, so both hold to the last bit in
/// any precision.
/// </summary>
internal sealed class DeadFeatures : IIdentity
{
    private const string Name = "dead-features";
    private const string Statement = "g = 0 and H_LL v = 0 at W[:, j]";

    /// <inheritdoc/>
    public string Title => "dead features";

    /// <inheritdoc/>
    public IReadOnlyList<IdentityCheck> Check(Derivatives at, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        if (SoftmaxHead.Of(at.Network) is not { } head)
            return [IdentityCheck.NotApplicable(Name, Statement, SoftmaxHead.Missing)];
        int[] dead = Find(at, head);
        if (dead.Length == 0)
            return [IdentityCheck.NotApplicable(Name, Statement, $"every input of {head.Layer.Description} is other than 0 for some sample")];
        var direction = new Matrix(1, at.Count);
        Matrix signs = Signs.Draw(head.Classes, dead.Length, seed: 4);
        double gradient = 0;
        for (int c = 0; c < head.Classes; c++)
        {
            for (int k = 0; k < dead.Length; k++)
            {
                int element = head.Weight.Offset + (c * head.FeatureCount) + dead[k];
                direction[0, element] = signs[c, k];
                gradient = Math.Max(gradient, Math.Abs(at.Gradient[element]));
            }
        }

        // The largest element, not the norm: squares of tiny elements are 0.
        double product = head.Part(at.Multiply(direction, progress, cancellation).Row(0)).ToArray().Max(Math.Abs);
        string reason = $"{dead.Length} of {head.FeatureCount} inputs of {head.Layer.Description} are 0 for every sample";
        return [new(Name, Statement, reason, Math.Max(gradient, product), 0, "0: exactly")];
    }

    private static int[] Find(Derivatives at, SoftmaxHead head)
    {
        var alive = new bool[head.FeatureCount];
        at.Passes.VisitSamples(head.Features, (features, _, _, _) =>
        {
            for (int j = 0; j < alive.Length; j++)
                alive[j] |= features[j] != 0;
        });
        return [.. Enumerable.Range(0, alive.Length).Where(j => !alive[j])];
    }
}
