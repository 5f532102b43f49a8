using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Dense;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Subsets;
using BasinVolume.Gpu.Devices;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Mnist.Tests.Reference;

/// <summary>The Hessian of the notebook's network on MNIST against PyTorch's double backward, against differences, and from device to device.</summary>
public sealed class HessianTests : IDisposable
{
    private readonly HostDevice _device = new(2);

    public void Dispose() => _device.Dispose();

    // Loss, trace and Frobenius norm as PyTorch found them in float64.
    [Theory]
    [InlineData("plain", 2.2623160577705277, 58.91178343249655, 17.058098181989525)]
    [InlineData("l2", 1.486480517242232, 59.19744128256238, 20.11458170601227)]
    public void In_double_it_is_pytorchs_to_1e_10(string model, double loss, double trace, double norm)
    {
        Hessian hessian = Compute<double>(_device, model, PyTorch.Samples(Weighting.SampleMean));
        AssertRows(model + "_hessian_rows", hessian, 1e-10);
        AssertNear(PyTorch.Numbers(model + "_sample_mean_grad"), hessian.Gradient, 1e-10);
        Assert.Equal(loss, hessian.Loss, 1e-10 * loss);
        Assert.Equal(trace, hessian.Trace, 1e-10 * trace);
        Assert.Equal(norm, hessian.FrobeniusNorm, 1e-10 * norm);
        Assert.InRange(hessian.Asymmetry, 0, 1e-14);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("l2")]
    public void In_float_it_is_pytorchs_to_1e_4(string model)
    {
        Hessian hessian = Compute<float>(_device, model, PyTorch.Samples(Weighting.SampleMean));
        AssertRows(model + "_hessian_rows", hessian, 1e-4);
        AssertNear(PyTorch.Numbers(model + "_sample_mean_grad"), hessian.Gradient, 1e-4);
    }

    // Losses as PyTorch found them in float64.
    [Theory]
    [InlineData("plain", 2.265576381693021)]
    [InlineData("l2", 1.4873038288362082)]
    public void Batch_means_weigh_a_ragged_last_batch_as_pytorch_does(string model, double loss)
    {
        Hessian hessian = Compute<double>(_device, model, PyTorch.Samples(Weighting.BatchMean));
        AssertNear(PyTorch.Numbers(model + "_batch_mean_grad"), hessian.Gradient, 1e-10);
        Assert.Equal(loss, hessian.Loss, 1e-10 * loss);
        if (model == "l2")
            AssertNear(PyTorch.Numbers("l2_batch_mean_hessian_rows"), hessian.Matrix.Values[..(10 * 1710)], 1e-10);
    }

    // Numbers of zeros, and log det (H + (4 + 1e-5) I), as found from PyTorch's Hessian. Zero is |λ| < 1e-10 there.
    [Theory]
    [InlineData("plain", 232, 2380.8333915873727)]
    [InlineData("l2", 208, 2380.410816159897)]
    public void Its_eigenvalues_are_those_of_pytorchs_hessian(string model, int zeros, double logDeterminant)
    {
        Hessian hessian = Compute<double>(_device, model, PyTorch.Samples(Weighting.SampleMean));
        double[] expected = PyTorch.Numbers(model + "_eigenvalues");
        double[] actual = SymmetricEigenvalues.Compute(hessian.Matrix, _device.Threads);
        AssertNear(expected, actual, 1e-12);
        Assert.Equal(zeros, actual.Count(value => Math.Abs(value) < 1e-10));
        var spectrum = new Spectrum(actual, Spectrum.DoubleRoundoff);
        Assert.Equal(10, spectrum.Inertia.Negative);
        Assert.Equal(logDeterminant, LogDeterminant.Of(spectrum.Shifted(4 + 1e-5)).LogAbsolute, 1e-10 * logDeterminant);
    }

    [Fact]
    public void It_is_the_central_difference_of_the_gradient()
    {
        using var plan = new Plan<double>(PyTorch.Network, _device);
        DatasetSamples samples = PyTorch.Samples(Weighting.SampleMean);
        double[] weights = PyTorch.Weights("l2_trained");
        var random = new NumpyRandom(1);
        double[] direction = [.. weights.Select(_ => random.NextGaussian())];
        // Small enough that next to no pixel crosses the kink of its ReLU on the way.
        const double Step = 1e-7;
        double[] difference = [.. GradientAt(Step).Zip(GradientAt(-Step), (plus, minus) => (plus - minus) / (2 * Step))];
        plan.SetParameters(weights);
        double[] product = Hessian.Multiply(plan, samples, new Matrix(1, weights.Length, direction)).Values;
        AssertNear(difference, product, 1e-6);

        double[] GradientAt(double step)
        {
            plan.SetParameters([.. weights.Zip(direction, (w, d) => w + (step * d))]);
            var gradient = new double[weights.Length];
            Gradient.Compute(plan, samples, gradient);
            return gradient;
        }
    }

    [Fact]
    public void The_simulated_gpu_agrees_with_the_processor()
    {
        using Device simulator = DeviceCatalog.Open("ilgpu-cpu", threads: 1);
        Agrees(simulator);
    }

    [Fact]
    public void OpenCL_agrees_with_the_processor()
    {
        using Device? pocl = PoclDevice.TryOpen();
        Assert.SkipWhen(pocl is null, PoclDevice.Absence);
        Agrees(pocl);
    }

    private void Agrees(Device device)
    {
        Agrees<double>(device, 1e-14);
        Agrees<float>(device, 1e-5);
    }

    private void Agrees<T>(Device device, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // The fewest that are summed.
        DatasetSamples samples = PyTorch.FewSamples(2);
        Hessian expected = Compute<T>(_device, "l2", samples);
        Hessian actual = Compute<T>(device, "l2", samples);
        AssertNear(expected.Matrix.Values, actual.Matrix.Values, tolerance);
        AssertNear(expected.Gradient, actual.Gradient, tolerance);
    }

    private static Hessian Compute<T>(Device device, string model, DatasetSamples samples)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // A small chunk keeps what a GPU would reserve for itself out of a test.
        using var plan = new Plan<T>(PyTorch.Network, device, new PlanBudget(Math.Min(256, samples.Count), 4 << 20));
        plan.SetParameters(Array.ConvertAll(PyTorch.Weights(model + "_trained"), T.CreateTruncating));
        return Hessian.Compute(plan, samples);
    }

    private static void AssertRows(string fixture, Hessian hessian, double tolerance)
    {
        IEnumerable<double> rows = PyTorch.Numbers("row_index").SelectMany(row => hessian.Matrix.Row((int)row).ToArray());
        AssertNear(PyTorch.Numbers(fixture), [.. rows], tolerance);
    }

    // Relative to the largest element: small ones carry the rounding of the sums that they are.
    private static void AssertNear(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        double bound = tolerance * expected.Max(Math.Abs);
        double worst = expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max();
        Assert.True(worst <= bound, $"off by {worst}, allowed {bound}");
    }
}
