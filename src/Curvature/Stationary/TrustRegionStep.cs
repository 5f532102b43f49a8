using BasinVolume.Curvature.Maps;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Curvature.Stationary;

/// <summary>An approximate minimiser of gᵀz + ½ zᵀHz within |z| ≤ Δ, by Steihaug's conjugate gradients.</summary>
/// <param name="Step">z.</param>
/// <param name="Length">|z|.</param>
/// <param name="Fall">−gᵀz − ½ zᵀHz ≥ 0.</param>
/// <param name="AtBorder">Whether |z| = Δ.</param>
/// <param name="Products">Products with H.</param>
internal readonly record struct TrustRegionStep(double[] Step, double Length, double Fall, bool AtBorder, int Products)
{
    /// <summary>Finds it.</summary>
    /// <param name="gradient">g.</param>
    /// <param name="hessian">H.</param>
    /// <param name="radius">Δ.</param>
    /// <param name="accuracy">|g + Hz|/|g| that is small enough.</param>
    /// <param name="cancellation">Checked before each product.</param>
    public static TrustRegionStep Of(double[] gradient, ILinearMap hessian, double radius, double accuracy, CancellationToken cancellation)
    {
        double[] z = new double[gradient.Length], residual = [.. gradient], direction = [.. gradient.Select(g => -g)];
        double square = DotProduct.Of(residual, residual);
        double enough = accuracy * accuracy * square;
        int products = 0;
        while (products < gradient.Length)
        {
            cancellation.ThrowIfCancellationRequested();
            double[] product = hessian.Times(direction, cancellation);
            products++;
            double curvature = DotProduct.Of(direction, product);
            double length = curvature > 0 ? square / curvature : double.PositiveInfinity;
            double toBorder = ToBorder(z, direction, radius);
            bool outside = !(length < toBorder);
            double taken = outside ? toBorder : length;
            Vectors.AddScaled(z, taken, direction);
            Vectors.AddScaled(residual, taken, product);
            if (outside)
                return Ended(z, gradient, residual, true, products);
            double next = DotProduct.Of(residual, residual);
            if (next <= enough)
                break;
            for (int i = 0; i < direction.Length; i++)
                direction[i] = (next / square * direction[i]) - residual[i];
            square = next;
        }

        return Ended(z, gradient, residual, false, products);
    }

    // With r = g + Hz the model is ½ (g + r)ᵀz.
    private static TrustRegionStep Ended(double[] z, double[] gradient, double[] residual, bool atBorder, int products)
        => new(z, EuclideanNorm.Plain(z), -(DotProduct.Of(gradient, z) + DotProduct.Of(residual, z)) / 2, atBorder, products);

    // The positive t with |z + t d| = Δ.
    private static double ToBorder(double[] z, double[] direction, double radius)
    {
        double a = DotProduct.Of(direction, direction), b = DotProduct.Of(z, direction), c = DotProduct.Of(z, z) - (radius * radius);
        double root = Math.Sqrt(Math.Max(0, (b * b) - (a * c)));
        return b > 0 ? -c / (b + root) : (root - b) / a;
    }
}
