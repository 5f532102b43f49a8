using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Harness;

/// <summary>
/// What <see cref="OperatorCheck"/> is for other operators, for losses: with the samples' weights ω, the adjoint is the central difference of Σ ω ℓ by a plain
/// double reference, and the tangent-adjoint that of the adjoint, symmetric, and the same with and without an adjoint pass.
/// </summary>
internal static class LossCheck
{
    private const int Samples = 3;
    private const int Directions = 7;

    /// <summary>Both precisions on a device.</summary>
    /// <param name="deviceName">Which.</param>
    /// <param name="loss">What is tested.</param>
    /// <param name="reference">ℓ of an output, its labels (none if there are none) and a target (empty if there is none).</param>
    public static void Passes(string deviceName, Loss loss, Func<double[], int[], double[], double> reference)
    {
        Device device = TestDevices.Get(deviceName);
        Passes<double>(device, loss, reference, 1);
        Passes<float>(device, loss, reference, 2);
        TestDevices.Failures.AssertNone();
    }

    public static void Passes<T>(Device device, Loss loss, Func<double[], int[], double[], double> reference, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        int outputs = loss.Inputs[0].Size;
        int[] labels = [.. Enumerable.Range(0, Samples * loss.LabelsPerSample).Select(_ => loss.TakesLabels ? random.Next(loss.LabelCount) : 0)];
        double[] targets = Point.Exact(ArraySamples.Targets(random, loss, Samples));
        double[] weights = Point.Exact([.. Enumerable.Range(0, Samples).Select(_ => 0.1 + random.NextDouble())]);
        var inputs = new double[Samples * outputs];
        var samples = loss.TakesLabels ? new ArraySamples(inputs, labels, weights) : new ArraySamples(inputs, targets, weights);
        using var rig = new OperatorRig<T>(loss, device, Surroundings.Alone, Directions, _ => samples);

        double[] o = Point.Normals(random, Samples * outputs);
        double[][] along = [.. Enumerable.Range(0, Directions).Select(_ => Point.Normals(random, o.Length))];
        Near.Equal(Losses(o), rig.Forward(o), Near.Rounding<T>(), "forward");
        double[] adjoint = rig.Adjoint(o, []);
        double[][] products = rig.Directions(o, [], along, []).TangentAdjoints;
        for (int v = 0; v < Directions; v++)
        {
            double[] direction = along[v];
            double[] expected = Near.CentralDifference(h => Losses(Near.Moved(o, h, direction)));
            Near.InnerProductsEqual((expected, weights), (adjoint, direction), Near.Difference<T>(), "adjoint");
            Assert.Equal(products[v], rig.Directions(o, [], [direction], []).TangentAdjoints[0]);
            Near.InnerProductsEqual((along[0], products[v]), (direction, products[0]), Near.Rounding<T>(), "symmetry");
        }

        ProductsAreDifferences<T>(loss, samples, o, along, products);
        // The curvature of a loss does not carry an adjoint.
        Assert.Equal(products[0], rig.WithoutAdjoints(o, along[0], []));

        double[] Losses(double[] at)
            => [.. Enumerable.Range(0, Samples).Select(s => reference(Part(at, s), Part(labels, s), Part(targets, s)))];

        static TElement[] Part<TElement>(TElement[] all, int sample) => all[(sample * all.Length / Samples)..((sample + 1) * all.Length / Samples)];
    }

    private static void ProductsAreDifferences<T>(Loss loss, ISamples samples, double[] o, double[][] along, double[][] products)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var host = new Kernels.Host.HostDevice(1);
        using var rig = new OperatorRig<double>(loss, host, Surroundings.Alone, 1, _ => samples);
        for (int v = 0; v < Directions; v++)
            Near.Equal(Near.CentralDifference(h => rig.Adjoint(Near.Moved(o, h, along[v]), [])), products[v], Near.Difference<T>(), "tangent-adjoint");
    }
}
