using System.Text.Json;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Cases;

/// <summary>
/// Samples whose probability is near 1: loss, gradient, Hessian and eigenvalues have their digits relative to themselves, however small they are.
/// The fixtures are softmax regressions of 12 samples with 5 inputs and 4 classes whose margins are about 10, 20, 30 and 38, computed with 60 digits by mpmath.
/// They are convex, so no eigenvalue is negative; five are 0 (the softmax shift of each input) and 15 positive.
/// </summary>
public sealed class ConfidentTests
{
    private const int Inputs = 5;
    private const int Classes = 4;
    private const double Roundoff = 1.0 / (1L << 52);

    public static TheoryData<string, int> Margins => [.. from device in TestDevices.Names from margin in (int[])[10, 20, 30, 38] select (device.Data, margin)];

    /// <summary>Two logits (t, 0).</summary>
    public static TheoryData<string, double> Distances
        => [.. from device in TestDevices.Names from t in (double[])[5, 20, 36, 40, 100, 400] select (device.Data, t)];

    [Theory]
    [MemberData(nameof(Margins))]
    public void A_confident_regression_has_the_numbers_of_60_digits(string device, int margin)
    {
        Regression expected = Read(margin);
        Hessian hessian = On.Hessian<double>(device, Network(Inputs, Classes), expected.Parameters, expected.Samples(1));
        AssertNear(expected, hessian, 1, 1e-12);
        double[] eigenvalues = Spectrum.Of(hessian);
        double zero = eigenvalues.Length * Roundoff * eigenvalues[^1];
        Assert.All(eigenvalues[..5], value => Assert.InRange(value, -zero, zero));
        Assert.All(eigenvalues[5..].Zip(expected.Eigenvalues), pair => Assert.Equal(pair.Second, pair.First, zero));
    }

    // A logit of 38 has an error of some units of 2⁻²⁴ · 38, and that is the relative error of its exponential.
    [Theory]
    [MemberData(nameof(Margins))]
    public void In_float_too(string device, int margin)
    {
        Regression expected = Read(margin);
        AssertNear(expected, On.Hessian<float>(device, Network(Inputs, Classes), expected.Parameters, expected.Samples(1)), 1, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Margins))]
    public void A_tiny_loss_is_as_exact_as_any(string device, int margin)
    {
        Regression expected = Read(margin);
        AssertNear(expected, On.Hessian<double>(device, Network(Inputs, Classes), expected.Parameters, expected.Samples(1e-200)), 1e-200, 1e-12);
        AssertNear(expected, On.Hessian<float>(device, Network(Inputs, Classes), expected.Parameters, expected.Samples(1e-12)), 1e-12, 1e-5);
    }

    // L = ln(1 + e⁻ᵗ), g = (−q, q), H = q (1 − q) [[1, −1], [−1, 1]] with q = 1/(1 + eᵗ). 400 is too far for float.
    [Theory]
    [MemberData(nameof(Distances))]
    public void Two_logits_have_their_closed_form_until_it_underflows(string device, double t)
    {
        double e = Math.Exp(-t), q = e / (1 + e), h = q / (1 + e);
        Hessian[] both = On.Both(device, Network(1, 2), [t, 0], new ArraySamples([1], [0], [1]));
        foreach ((Hessian hessian, double tolerance) in t < 80 ? both.Zip([1e-14, 1e-6]) : both.Zip([1e-14]))
        {
            Assert.Equal(Enumerable.Range(-9, 9).Sum(k => -Math.Pow(-e, -k) / -k), hessian.Loss, tolerance * e); // e − e²/2 + e³/3 − …
            Assert.Equal([-q, q], hessian.Gradient, (a, b) => Math.Abs(a - b) <= tolerance * q);
            Assert.Equal([h, -h, -h, h], hessian.Matrix.Values, (a, b) => Math.Abs(a - b) <= tolerance * h);
        }
    }

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void What_underflows_is_0_and_not_a_number_of_another_size(string device)
    {
        foreach (Hessian hessian in On.Both(device, Network(1, 2), [800, 0], new ArraySamples([1], [0], [1])))
            Assert.All([hessian.Loss, .. hessian.Gradient, .. hessian.Matrix.Values], value => Assert.Equal(0, value));
        // e⁻⁷⁴⁴ is 2 units of the smallest double; one of them may be lost, and a device may have no such numbers.
        Assert.InRange(On.Hessian<double>(device, Network(1, 2), [744, 0], new ArraySamples([1], [0], [1])).Loss, 0, 3 * double.Epsilon);
    }

    private static Network Network(int inputs, int classes) => new NetworkBuilder(new Shape(inputs)).Linear("w", classes, bias: false).SoftmaxLoss().Build();

    private static void AssertNear(Regression expected, Hessian actual, double factor, double tolerance)
    {
        Assert.Equal(factor * expected.Loss, actual.Loss, tolerance * factor * expected.Loss);
        Assert.All(
            expected.Gradient.Zip(actual.Gradient), pair => Assert.Equal(factor * pair.First, pair.Second, tolerance * factor * Largest(expected.Gradient)));
        // An element is a sum over samples of both signs; those of one diagonal element have one sign, and bound the terms of the others.
        int n = expected.Parameters.Length;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double size = Math.Sqrt(expected.Hessian[(i * n) + i] * expected.Hessian[(j * n) + j]);
                Assert.Equal(factor * expected.Hessian[(i * n) + j], actual.Matrix[i, j], tolerance * factor * size);
            }
        }
    }

    private static double Largest(double[] values) => values.Max(Math.Abs);

    private static Regression Read(int margin)
    {
        using FileStream file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Cases", "Fixtures", $"confident-{margin}.json"));
        return JsonSerializer.Deserialize<Regression>(file, JsonSerializerOptions.Web)!;
    }

    private sealed record Regression(double[] Parameters, double[] Inputs, int[] Labels, double Loss, double[] Gradient, double[] Hessian, double[] Eigenvalues)
    {
        /// <summary>The mean over samples, times a factor.</summary>
        public ArraySamples Samples(double factor) => new(Inputs, Labels, [.. Labels.Select(_ => factor / Labels.Length)]);
    }
}
