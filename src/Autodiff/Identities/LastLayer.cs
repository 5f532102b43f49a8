using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Identities;

/// <summary>
/// A linear layer o = W x̂ + β straight before a softmax loss, with p = softmax(o), r = p − onehot(label) and K = diag p − p pᵀ. The loss's derivatives in W and β are those of softmax
/// regression on the features x̂, which a plain loop over the samples gives from x̂ and o alone:
/// <code>
/// ⟨g_W, W⟩ + ⟨g_β, β⟩ = Σ ω r·o            (ḡ = r x̂ᵀ, contracted with W)
/// H_LL v             = Σ ω K (V x̂ + b) ⊗ (x̂, 1)    for v = (V, b) inside the layer: the block is Σ ω K ⊗ (x̂, 1)(x̂, 1)ᵀ
/// trace H_WW         = Σ ω (1 − |p|²) |x̂|²         (trace K = Σ p − p² = 1 − |p|²)
/// H_ββ               = Σ ω K
/// </code>
/// </summary>
internal sealed class LastLayer : IIdentity
{
    private static readonly (string Name, string Statement)[] Parts =
    [
        ("last-layer-gradient", "⟨g_W, W⟩ + ⟨g_β, β⟩ = Σ ω r·o"),
        ("last-layer-hessian", "H_LL v = Σ ω (K ⊗ x̂x̂ᵀ) v"),
        ("last-layer-trace", "trace H_WW = Σ ω (1 − |p|²)|x̂|²"),
        ("last-layer-biases", "H_ββ = Σ ω K"),
    ];

    /// <inheritdoc/>
    public string Title => "last layer";

    /// <inheritdoc/>
    public IReadOnlyList<IdentityCheck> Check(Derivatives at, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        if (SoftmaxHead.Of(at.Network) is not { } head)
            return [.. Parts.Select(part => IdentityCheck.NotApplicable(part.Name, part.Statement, SoftmaxHead.Missing))];
        Matrix directions = Directions(head, at.Count);
        var expected = new Expectation(head, directions);
        at.Passes.VisitSamples(head.Features, expected.Add);
        Matrix products = at.Multiply(directions, progress, cancellation);
        string reason = $"{head.Layer.Description} before a softmax is softmax regression on its inputs";
        return [OfGradient(at, head, expected, reason), OfBlock(at, head, expected, products, reason), OfTrace(at, head, expected, reason), OfBiases(at, head, expected, products, reason)];
    }

    private static IdentityCheck OfGradient(Derivatives at, SoftmaxHead head, Expectation expected, string reason)
    {
        double[] parameters = head.Part(at.Parameters).ToArray();
        double residual = Math.Abs(Vectors.Dot(parameters, head.Part(at.Gradient)) - expected.ResidualTimesOutput);
        return new(Parts[0].Name, Parts[0].Statement, reason, residual, at.Rounding * at.GradientScale * Vectors.Norm(parameters), "4√n ε γ |θ_L|");
    }

    // v is of random signs, so that |v|/√(size of the layer) = 1.
    private static IdentityCheck OfBlock(Derivatives at, SoftmaxHead head, Expectation expected, Matrix products, string reason)
    {
        double residual = Vectors.Distance(head.Part(products.Row(0)), expected.Products.Row(0));
        return new(Parts[1].Name, Parts[1].Statement, reason, residual, at.Rounding * at.CurvatureScale, "4√n ε h |v|/√n_L");
    }

    private static IdentityCheck OfTrace(Derivatives at, SoftmaxHead head, Expectation expected, string reason)
    {
        if (at.Hessian is not { } hessian)
            return IdentityCheck.NotApplicable(Parts[2].Name, Parts[2].Statement, "it needs the diagonal, and H itself was not computed");
        double trace = 0;
        for (int i = head.Weight.Offset; i < head.Weight.Offset + head.Weight.Size; i++)
            trace += hessian.Matrix[i, i];
        return new(Parts[2].Name, Parts[2].Statement, reason, Math.Abs(trace - expected.Trace), at.Rounding * at.CurvatureScale, "4√n ε h");
    }

    private static IdentityCheck OfBiases(Derivatives at, SoftmaxHead head, Expectation expected, Matrix products, string reason)
    {
        if (head.Bias is not { } bias)
            return IdentityCheck.NotApplicable(Parts[3].Name, Parts[3].Statement, $"{head.Layer.Description} has no bias");
        double residual = 0;
        for (int c = 0; c < head.Classes; c++)
            residual = Math.Max(residual, Vectors.Distance(products.Row(1 + c).Slice(bias.Offset, bias.Size), expected.Products.Row(1 + c)[head.Weight.Size..]));
        return new(Parts[3].Name, Parts[3].Statement, reason, residual, at.Rounding * at.CurvatureScale, "4√n ε h");
    }

    // Random signs in the layer, then each bias alone.
    private static Matrix Directions(SoftmaxHead head, int n)
    {
        var directions = new Matrix(1 + (head.Bias?.Size ?? 0), n);
        Signs.Draw(1, head.Size, seed: 3).Values.CopyTo(head.Part(directions.Row(0)));
        for (int c = 0; c < directions.Rows - 1; c++)
            directions[1 + c, head.Bias!.Offset + c] = 1;
        return directions;
    }

    /// <summary>What the sums over samples must be.</summary>
    private sealed class Expectation(SoftmaxHead head, Matrix directions)
    {
        /// <summary>[V, size of the layer]: the block times each direction.</summary>
        public Matrix Products { get; } = new(directions.Rows, head.Size);

        /// <summary>Σ ω r·o.</summary>
        public double ResidualTimesOutput { get; private set; }

        /// <summary>Σ ω (1 − |p|²)|x̂|².</summary>
        public double Trace { get; private set; }

        public void Add(ReadOnlySpan<double> features, ReadOnlySpan<double> output, int label, double weight)
        {
            double[] p = SoftmaxHead.Probabilities(output);
            ResidualTimesOutput += weight * (Vectors.Dot(p, output) - output[label]);
            Trace += weight * (1 - Vectors.Dot(p, p)) * Vectors.Dot(features, features);
            for (int v = 0; v < directions.Rows; v++)
                AddProduct(features, p, weight, head.Part(directions.Row(v)), Products.Row(v));
        }

        private void AddProduct(ReadOnlySpan<double> features, double[] p, double weight, ReadOnlySpan<double> direction, Span<double> product)
        {
            int length = features.Length;
            var tangent = new double[p.Length];
            for (int c = 0; c < p.Length; c++)
                tangent[c] = Vectors.Dot(direction.Slice(c * length, length), features) + (head.Bias is null ? 0 : direction[(p.Length * length) + c]);
            double mean = Vectors.Dot(p, tangent);
            for (int c = 0; c < p.Length; c++)
            {
                double curvature = weight * p[c] * (tangent[c] - mean);
                for (int j = 0; j < length; j++)
                    product[(c * length) + j] += curvature * features[j];
                if (head.Bias is not null)
                    product[(p.Length * length) + c] += curvature;
            }
        }
    }
}
