using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Autodiff.Identities;

/// <summary>
/// Second derivatives do not depend on the order of differentiation: H = Hᵀ. Forward-over-reverse treats the two sides differently, so the raw computation is
/// symmetric only if both are right.
/// Where H was computed, its raw asymmetry inside the layers' blocks was measured. Without it, uᵀ(H v) and vᵀ(H u) of random signs must agree:
/// the rounding of H v is a vector of size ε h |v|/√n, and its product with u another √n smaller.
/// </summary>
internal sealed class Symmetry : IIdentity
{
    private const string Name = "symmetry";
    private const int Directions = 4;

    /// <inheritdoc/>
    public string Title => Name;

    /// <inheritdoc/>
    public IReadOnlyList<IdentityCheck> Check(Derivatives at, IProgress<double>? progress = null, CancellationToken cancellation = default)
        => [at.Hessian is { } hessian ? OfMatrix(at, hessian) : OfProducts(at, progress, cancellation)];

    private static IdentityCheck OfMatrix(Derivatives at, Hessian hessian)
    {
        double largest = Magnitude.Largest(hessian.Matrix.Values);
        return new(
            Name, "H = Hᵀ before symmetrising", "every Hessian is symmetric", hessian.Asymmetry * largest, at.Rounding * at.CurvatureScale, "4√(n + N) ε h");
    }

    // Several directions, because two of random signs can miss a single wrong element.
    private static IdentityCheck OfProducts(Derivatives at, IProgress<double>? progress, CancellationToken cancellation)
    {
        Matrix signs = Signs.Draw(Directions, at.Count, seed: 2);
        Matrix products = at.Multiply(signs, progress, cancellation);
        double difference = 0;
        for (int u = 0; u < Directions; u++)
        {
            for (int v = 0; v < u; v++)
                difference = Math.Max(
                    difference, Math.Abs(DotProduct.InOrder(signs.Row(u), products.Row(v)) - DotProduct.InOrder(signs.Row(v), products.Row(u))));
        }

        return new(Name, "uᵀH v = vᵀH u", "every Hessian is symmetric", difference, at.Rounding * at.CurvatureScale, "4√(n + N) ε h |u| |v|/n");
    }
}
