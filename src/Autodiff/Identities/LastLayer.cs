using BasinVolume.Autodiff.Operators;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Autodiff.Identities;

/// <summary>
/// A linear layer o = W x̂ + β straight before a softmax loss, with p = softmax(o), r = p − onehot(label) and K = diag p − p pᵀ.
/// The loss's derivatives in W and β are those of softmax regression on the features x̂, which a plain loop over the samples gives from x̂ and o alone:
/// <code>
/// ⟨g_W, W⟩ + ⟨g_β, β⟩ = Σ ω r·o            (ḡ = r x̂ᵀ, contracted with W); r·o = Σ p_c (o_c − o_label)
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
        var expected = new Expectation(head, head.Part(directions.Row(0)).ToArray());
        at.Passes.VisitSamples(head.Features, expected.Add);
        Matrix products = at.Multiply(directions, progress, cancellation);
        string reason = $"{head.Layer.Description} before a softmax is softmax regression on its inputs";
        return
        [
            OfGradient(at, head, expected, reason),
            OfBlock(at, head, expected, products, reason),
            OfTrace(at, head, expected, reason),
            OfBiases(at, head, expected, products, reason),
        ];
    }

    private static IdentityCheck OfGradient(Derivatives at, SoftmaxHead head, Expectation expected, string reason)
    {
        double[] parameters = head.Part(at.Parameters).ToArray();
        double residual = Math.Abs(DotProduct.InOrder(parameters, head.Part(at.Gradient)) - expected.Scalars.ResidualTimesOutput);
        return new(
            Parts[0].Name, Parts[0].Statement, reason, residual, at.Rounding * at.GradientScale * EuclideanNorm.InOrder(parameters), "4√(n + N) ε γ |θ_L|");
    }

    // v is of random signs, so that |v|/√(size of the layer) = 1.
    private static IdentityCheck OfBlock(Derivatives at, SoftmaxHead head, Expectation expected, Matrix products, string reason)
    {
        double residual = EuclideanNorm.OfDifference(head.Part(products.Row(0)), expected.Product);
        return new(Parts[1].Name, Parts[1].Statement, reason, residual, at.Rounding * at.CurvatureScale, "4√(n + N) ε h |v|/√n_L");
    }

    private static IdentityCheck OfTrace(Derivatives at, SoftmaxHead head, Expectation expected, string reason)
    {
        if (at.Hessian is not { } hessian)
            return IdentityCheck.NotApplicable(Parts[2].Name, Parts[2].Statement, "it needs the diagonal, and H itself was not computed");
        double trace = 0;
        for (int i = head.Weight.Offset; i < head.Weight.Offset + head.Weight.Size; i++)
            trace += hessian.Matrix[i, i];
        return new(Parts[2].Name, Parts[2].Statement, reason, Math.Abs(trace - expected.Scalars.Trace), at.Rounding * at.CurvatureScale, "4√(n + N) ε h");
    }

    private static IdentityCheck OfBiases(Derivatives at, SoftmaxHead head, Expectation expected, Matrix products, string reason)
    {
        if (head.Bias is not { } bias)
            return IdentityCheck.NotApplicable(Parts[3].Name, Parts[3].Statement, $"{head.Layer.Description} has no bias");
        double residual = 0;
        Matrix biases = expected.Biases;
        for (int c = 0; c < head.Classes; c++)
            residual = Math.Max(residual, EuclideanNorm.OfDifference(products.Row(1 + c).Slice(bias.Offset, bias.Size), biases.Row(c)));
        return new(Parts[3].Name, Parts[3].Statement, reason, residual, at.Rounding * at.CurvatureScale, "4√(n + N) ε h");
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
    private sealed class Expectation(SoftmaxHead head, ReadOnlyMemory<double> direction)
    {
        private readonly LongSum _scalars = new(2);
        private readonly LongSum _product = new(head.Size);
        private readonly LongSum _biases = new(head.Classes * head.Classes);

        /// <summary>Σ ω r·o and Σ ω (1 − |p|²)|x̂|².</summary>
        public (double ResidualTimesOutput, double Trace) Scalars => _scalars.Total() is [var residual, var trace] ? (residual, trace) : default;

        /// <summary>The block times the direction.</summary>
        public double[] Product => _product.Total();

        /// <summary>Σ ω K, [C, C].</summary>
        public Matrix Biases => new(head.Classes, head.Classes, _biases.Total());

        public void Add(ReadOnlySpan<double> features, ReadOnlySpan<double> output, int label, double weight)
        {
            var softmax = new SoftmaxInDouble(output);
            Span<double> scalars = _scalars.Terms;
            // Σ_c r_c o_c with Σ r = 0.
            for (int c = 0; c < output.Length; c++)
                scalars[0] += weight * softmax.Probabilities[c] * (output[c] - output[label]);
            scalars[1] += weight * softmax.Trace * DotProduct.InOrder(features, features);
            AddProduct(features, softmax, weight, _product.Terms);
            if (head.Bias is not null)
                AddBiases(softmax, weight, _biases.Terms);
        }

        private void AddProduct(ReadOnlySpan<double> features, SoftmaxInDouble softmax, double weight, Span<double> product)
        {
            ReadOnlySpan<double> v = direction.Span;
            int length = features.Length, classes = head.Classes;
            var tangent = new double[classes];
            for (int c = 0; c < classes; c++)
                tangent[c] = DotProduct.InOrder(v.Slice(c * length, length), features) + (head.Bias is null ? 0 : v[(classes * length) + c]);
            softmax.Curve(tangent);
            for (int c = 0; c < classes; c++)
            {
                double curvature = weight * tangent[c];
                for (int j = 0; j < length; j++)
                    product[(c * length) + j] += curvature * features[j];
                if (head.Bias is not null)
                    product[(classes * length) + c] += curvature;
            }
        }

        private void AddBiases(SoftmaxInDouble softmax, double weight, Span<double> sums)
        {
            var column = new double[head.Classes];
            for (int c = 0; c < column.Length; c++)
            {
                Array.Clear(column);
                column[c] = 1;
                softmax.Curve(column);
                for (int k = 0; k < column.Length; k++)
                    sums[(c * column.Length) + k] += weight * column[k];
            }
        }
    }
}
