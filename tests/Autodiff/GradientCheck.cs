using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Tests;

/// <summary>
/// The checks that every network must pass, against nothing but its own loss: the gradient is the central difference of the loss, the Hessian that of the
/// gradient, products with many directions are those of one, and the Hessian's passes give what the products give.
/// </summary>
internal static class GradientCheck
{
    private const double Step = 1e-6;

    public static void Passes<T>(Network network, Device device, double tolerance, int samples = 5, int seed = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArraySamples data = ArraySamples.Random(network, samples, seed);
        double[] parameters = TestNetworks.Parameters(network, seed + 1);
        // Chunks of 3 make the last one ragged; the least memory makes blocks of one direction, the usual one holds many.
        using var plan = new Plan<T>(network, device, new PlanBudget(3, 0));
        using var wide = new Plan<T>(network, device, new PlanBudget(3, 1 << 22));
        SetParameters(plan, parameters);
        SetParameters(wide, parameters);
        Hessian hessian = Hessian.Compute(plan, data);
        Assert.True(hessian.Asymmetry <= tolerance, $"asymmetry {hessian.Asymmetry}");
        GradientIsTheDifferenceOfTheLoss(network, data, parameters, hessian, tolerance);
        HessianIsTheDifferenceOfTheGradient(network, data, parameters, hessian, tolerance);
        Assert.Equal(hessian.Matrix.Values, Hessian.Compute(wide, data, into: NotNumbers(parameters.Length)).Matrix.Values);
        ProductsAgree(plan, wide, data, hessian, tolerance, seed);
    }

    // A matrix to compute in may hold anything.
    private static Matrix NotNumbers(int n) => new(n, n, [.. Enumerable.Repeat(double.NaN, n * n)]);

    // Differences are taken in double on the host: in float they would drown in rounding.
    private static void GradientIsTheDifferenceOfTheLoss(Network network, ArraySamples data, double[] parameters, Hessian hessian, double tolerance)
    {
        using var device = new Kernels.Host.HostDevice(1);
        using var plan = new Plan<double>(network, device);
        double[] direction = ArraySamples.Normals(new Random(3), parameters.Length);
        double expected = (LossAt(plan, data, parameters, direction, Step) - LossAt(plan, data, parameters, direction, -Step)) / (2 * Step);
        double actual = hessian.Gradient.Zip(direction, (g, d) => g * d).Sum();
        Assert.Equal(expected, actual, Math.Max(tolerance, 1e-8) * hessian.GradientNorm * Norm(direction));
    }

    private static void HessianIsTheDifferenceOfTheGradient(Network network, ArraySamples data, double[] parameters, Hessian hessian, double tolerance)
    {
        using var device = new Kernels.Host.HostDevice(1);
        using var plan = new Plan<double>(network, device);
        double bound = Math.Max(tolerance, 1e-8) * hessian.FrobeniusNorm;
        for (int i = 0; i < parameters.Length; i++)
        {
            double[] plus = GradientAt(plan, data, parameters, i, Step);
            double[] minus = GradientAt(plan, data, parameters, i, -Step);
            for (int j = 0; j < parameters.Length; j++)
                Assert.Equal((plus[j] - minus[j]) / (2 * Step), hessian.Matrix[i, j], bound);
        }
    }

    private static void ProductsAgree<T>(Plan<T> narrow, Plan<T> wide, ArraySamples data, Hessian hessian, double tolerance, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = hessian.Matrix.Rows;
        var directions = new Matrix(7, n, ArraySamples.Normals(new Random(seed + 2), 7 * n));
        Matrix products = Hessian.Multiply(wide, data, directions);
        Assert.Equal(Hessian.Multiply(narrow, data, directions).Values, products.Values);
        for (int v = 0; v < directions.Rows; v++)
        {
            for (int i = 0; i < n; i++)
            {
                double expected = Enumerable.Range(0, n).Sum(j => hessian.Matrix[i, j] * directions[v, j]);
                Assert.Equal(expected, products[v, i], tolerance * hessian.FrobeniusNorm * Math.Sqrt(n));
            }
        }
    }

    private static double LossAt(Plan<double> plan, ArraySamples data, double[] parameters, double[] direction, double step)
    {
        plan.SetParameters([.. parameters.Zip(direction, (p, d) => p + (step * d))]);
        return Gradient.Compute(plan, data, new double[parameters.Length]);
    }

    private static double[] GradientAt(Plan<double> plan, ArraySamples data, double[] parameters, int element, double step)
    {
        double[] moved = [.. parameters];
        moved[element] += step;
        plan.SetParameters(moved);
        var gradient = new double[parameters.Length];
        Gradient.Compute(plan, data, gradient);
        return gradient;
    }

    private static void SetParameters<T>(Plan<T> plan, double[] parameters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => plan.SetParameters(Array.ConvertAll(parameters, T.CreateTruncating));

    private static double Norm(double[] values) => Math.Sqrt(values.Sum(value => value * value));
}
