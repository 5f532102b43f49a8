using System.Numerics;

namespace BasinVolume.Autodiff.Tests.Harness;

/// <summary>Comparisons of vectors, relative to their Euclidean norms: there are no absolute bounds, and what must be zero must be exactly zero.</summary>
internal static class Near
{
    /// <summary>h of central differences.</summary>
    public const double Step = 1e-5;

    /// <summary>
    /// What rounding may do relative to a norm: 64 ε leave room for the sums of small operators and for elementary functions.
    /// In double there is more to spare, which random shapes use:
    /// few elements can cancel.
    /// </summary>
    public static double Rounding<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Math.Max(64 * double.CreateTruncating(T.BitIncrement(T.One) - T.One), 1e-12);

    /// <summary>
    /// The same where a central difference with <see cref="Step"/> is part of the comparison: its rounding is ε/h ≈ 2e-11, its truncation h²/6 times a third
    /// derivative.
    /// </summary>
    public static double Difference<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Math.Max(Rounding<T>(), 1e-8);

    public static void Equal(double[] expected, double[] actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        double difference = Norm([.. expected.Zip(actual, (e, a) => e - a)]), norm = Norm(expected);
        Assert.True(difference <= tolerance * norm, $"{what}: |difference| = {difference}, |expected| = {norm}, allowed is {tolerance} of it.");
    }

    /// <summary>Whether two inner products agree, relative to the largest that vectors of these norms can have.</summary>
    public static void InnerProductsEqual((double[] A, double[] B) left, (double[] A, double[] B) right, double tolerance, string what)
    {
        double scale = (Norm(left.A) * Norm(left.B)) + (Norm(right.A) * Norm(right.B));
        double difference = Math.Abs(Dot(left.A, left.B) - Dot(right.A, right.B));
        Assert.True(
            difference <= tolerance * scale,
            $"{what}: {Dot(left.A, left.B)} and {Dot(right.A, right.B)} differ by {difference}, allowed is {tolerance} of {scale}.");
    }

    /// <summary>(f(h) − f(−h)) / 2h.</summary>
    public static double[] CentralDifference(Func<double, double[]> f)
        => [.. f(Step).Zip(f(-Step), (plus, minus) => (plus - minus) / (2 * Step))];

    /// <summary>a + factor · b.</summary>
    public static double[] Moved(double[] a, double factor, double[] b) => [.. a.Zip(b, (x, y) => x + (factor * y))];

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double Norm(double[] values) => Math.Sqrt(Dot(values, values));
}
