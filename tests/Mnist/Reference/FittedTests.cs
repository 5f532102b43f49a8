using System.Collections.Immutable;
using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Identities;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Basins;
using BasinVolume.Basins.Weights;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Structure;
using BasinVolume.Curvature.Verification;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Subsets;
using BasinVolume.Gpu.Devices;
using BasinVolume.Interop.Arrays;
using BasinVolume.Interop.Weights;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Mnist.Tests.Reference;

/// <summary>
/// The notebook's network fitted to 60 images until it is sure of each, its last layer scaled by a factor: losses of 3e-6 and 2.6e-10.
/// What follows from the graph holds there as anywhere. The values are those of a computation with 60 digits (loss, and trace of the Gauss–Newton matrix, which
/// for this network is that of the Hessian).
/// </summary>
public sealed class FittedTests
{
    private const double Loss = 2.57848124e-10;
    private const double Trace = 1.05784722e-6;

    [Fact]
    public void Loss_and_trace_are_those_of_60_digits()
    {
        using var device = new HostDevice(2);
        Hessian doubles = Compute<double>(device), singles = Compute<float>(device);
        Assert.Equal(Loss, doubles.Loss, 1e-8 * Loss);
        Assert.Equal(Trace, doubles.Trace, 1e-8 * Trace);
        Assert.Equal(Loss, singles.Loss, 1e-4 * Loss);
        Assert.Equal(Trace, singles.Trace, 1e-4 * Trace);
    }

    // A whole Hessian takes the simulator minutes.
    [Theory]
    [InlineData("ilgpu-cpu")]
    [InlineData("pocl")]
    public void The_kernels_of_gpus_have_the_loss_and_the_block_of_the_biases(string name)
    {
        using Device device = Open(name);
        using var host = new HostDevice(2);
        (double loss, double[] block) = BiasBlock(device);
        double[] expected = BiasBlock(host).Block;
        Assert.Equal(Loss, loss, 1e-8 * Loss);
        Assert.All(expected.Zip(block), pair => Assert.Equal(pair.First, pair.Second, 1e-10 * expected.Max()));
    }

    [Theory]
    [InlineData("x1.4")]
    [InlineData("x2.5")]
    public void Every_identity_holds_in_both_precisions(string weights)
    {
        AssertHold<double>(weights, Spectrum.DoubleRoundoff);
        AssertHold<float>(weights, Spectrum.SingleRoundoff);
    }

    private static void AssertHold<T>(string weights, double roundoff)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var device = new HostDevice(2);
        using var plan = new Plan<T>(PyTorch.Network, device);
        T[] parameters = Array.ConvertAll(Weights(weights), T.CreateTruncating);
        plan.SetParameters(parameters);
        Hessian hessian = Hessian.Compute(plan, Samples());
        ImmutableArray<NullDirections> zeros = NetworkZeros.Of(PyTorch.Network, hessian.Matrix, hessian.Gradient, weightDecay: 0);
        SolvedSpectrum solved = SolvedSpectrum.Of(hessian.Matrix, zeros, new Exactness(roundoff), vectors: 0, device.Threads, new Progress<double>(), default);
        Derivatives at = Derivatives.Of<T>(plan, Samples(), parameters, hessian);
        IdentityCheck[] checks =
        [
            .. NetworkIdentities.All.SelectMany(identity => identity.Check(at)),
            .. SpectralIdentities.Check(hessian.Matrix, solved.Spectrum, NetworkIdentities.MostNegativeEigenvalues(PyTorch.Network), solved.TakenOut),
        ];
        Assert.All(checks, check => Assert.True(check.Passed, $"{check.Name}: {check.Residual} above {check.Bound}"));
        Assert.InRange(solved.StructuralCount, 170, 1710);
        // The linear block is a Gauss–Newton matrix.
        const int First = 10;
        var block = new Matrix(1700, 1700, [.. Enumerable.Range(First, 1700).SelectMany(i => hessian.Matrix.Row(i)[First..].ToArray())]);
        var ofBlock = SolvedSpectrum.Of(block, [], new Exactness(roundoff), vectors: 0, device.Threads, new Progress<double>(), default);
        Assert.Equal(0, ofBlock.Spectrum.Inertia.Negative);
    }

    private static Hessian Compute<T>(Device device)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var plan = new Plan<T>(PyTorch.Network, device);
        plan.SetParameters(Array.ConvertAll(Weights("x2.5"), T.CreateTruncating));
        return Hessian.Compute(plan, Samples());
    }

    private static (double Loss, double[] Block) BiasBlock(Device device)
    {
        using var plan = new Plan<double>(PyTorch.Network, device);
        plan.SetParameters(Weights("x2.5"));
        Parameter[] biases = [.. PyTorch.Network.Parameters.Where(parameter => parameter.Name == "fc2.bias")];
        return (Evaluation.Compute(plan, Samples()).Loss, GaussNewton.Block(plan, Samples(), biases, biases).Values);
    }

    private static double[] Weights(string name) => WeightFile.Read(Fixture(name + ".npz"), NetworkTensors.Of(PyTorch.Network)).Values;

    private static DatasetSamples Samples()
    {
        int[] indices = Array.ConvertAll(Npy.Read(Fixture("indices.npy")).AsInt64(), index => (int)index);
        return new(PyTorch.Data.Training, indices, SampleWeights.Mean(indices.Length));
    }

    private static string Fixture(string name) => TestFiles.Fixture("Reference", Path.Combine("fitted", name));

    private static Device Open(string name)
    {
        Device? device = name == "pocl" ? PoclDevice.TryOpen() : DeviceCatalog.Open(name, 2);
        Assert.SkipWhen(device is null, PoclDevice.Absence);
        return device!;
    }
}
