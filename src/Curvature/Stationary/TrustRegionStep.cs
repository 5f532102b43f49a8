using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.Solvers;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Curvature.Stationary;

/// <summary>
/// An approximate minimiser of gᵀz + ½ zᵀHz within |z|_M ≤ Δ, by Steihaug's conjugate gradients, preconditioned by M (Conn, Gould and Toint, Trust-Region
/// Methods, algorithm 7.5.1). |z|_M² = zᵀM z grows from step to step, and is known without M: with z₊ = z + αp and p₊ = −v₊ + βp
/// <code>
/// |z₊|² = |z|² + 2α σ + α² π,   σ₊ = β(σ + α π),   π₊ = r₊ᵀv₊ + β² π     for σ = zᵀM p and π = pᵀM p, v = M⁻¹r.
/// </code>
/// </summary>
/// <param name="Step">z.</param>
/// <param name="Length">|z|.</param>
/// <param name="Reach">|z|_M.</param>
/// <param name="Fall">−gᵀz − ½ zᵀHz ≥ 0.</param>
/// <param name="AtBorder">Whether |z|_M = Δ.</param>
/// <param name="Products">Products with H.</param>
internal readonly record struct TrustRegionStep(double[] Step, double Length, double Reach, double Fall, bool AtBorder, int Products)
{
    /// <summary>Finds it.</summary>
    /// <param name="gradient">g.</param>
    /// <param name="hessian">H.</param>
    /// <param name="preconditioner">M; null for the identity.</param>
    /// <param name="radius">Δ.</param>
    /// <param name="accuracy">|g + Hz|/|g| that is small enough.</param>
    /// <param name="cancellation">Checked before each product.</param>
    public static TrustRegionStep Of(
        double[] gradient, ILinearMap hessian, IPreconditioner? preconditioner, double radius, double accuracy, CancellationToken cancellation)
    {
        double[] z = new double[gradient.Length], residual = [.. gradient], preconditioned = new double[gradient.Length];
        Precondition(preconditioner, residual, preconditioned);
        double[] direction = [.. preconditioned.Select(v => -v)];
        double square = DotProduct.Of(residual, preconditioned), enough = accuracy * accuracy * DotProduct.Of(residual, residual);
        (double reach, double along, double length) inMetric = (0, 0, square);
        int products = 0;
        while (products < gradient.Length)
        {
            cancellation.ThrowIfCancellationRequested();
            double[] product = hessian.Times(direction, cancellation);
            products++;
            double curvature = DotProduct.Of(direction, product);
            double step = curvature > 0 ? square / curvature : double.PositiveInfinity;
            double toBorder = ToBorder(inMetric, radius);
            bool outside = !(step < toBorder);
            double taken = outside ? toBorder : step;
            Vectors.AddScaled(z, taken, direction);
            Vectors.AddScaled(residual, taken, product);
            inMetric.reach += taken * ((2 * inMetric.along) + (taken * inMetric.length));
            if (outside)
                return Ended(z, gradient, residual, inMetric.reach, true, products);
            if (DotProduct.Of(residual, residual) <= enough)
                break;
            Precondition(preconditioner, residual, preconditioned);
            double next = DotProduct.Of(residual, preconditioned), ratio = next / square;
            for (int i = 0; i < direction.Length; i++)
                direction[i] = (ratio * direction[i]) - preconditioned[i];
            inMetric.along = ratio * (inMetric.along + (taken * inMetric.length));
            inMetric.length = next + (ratio * ratio * inMetric.length);
            square = next;
        }

        return Ended(z, gradient, residual, inMetric.reach, false, products);
    }

    private static void Precondition(IPreconditioner? preconditioner, double[] residual, double[] preconditioned)
    {
        residual.CopyTo(preconditioned, 0);
        preconditioner?.Apply(new Matrix(1, preconditioned.Length, preconditioned));
    }

    // With r = g + Hz the model is ½ (g + r)ᵀz.
    private static TrustRegionStep Ended(double[] z, double[] gradient, double[] residual, double square, bool atBorder, int products)
        => new(z, EuclideanNorm.Plain(z), Math.Sqrt(square), -(DotProduct.Of(gradient, z) + DotProduct.Of(residual, z)) / 2, atBorder, products);

    // The positive t with |z + t p|_M = Δ.
    private static double ToBorder((double Reach, double Along, double Length) inMetric, double radius)
    {
        double a = inMetric.Length, b = inMetric.Along, c = inMetric.Reach - (radius * radius);
        double root = Math.Sqrt(Math.Max(0, (b * b) - (a * c)));
        return b > 0 ? -c / (b + root) : (root - b) / a;
    }
}
