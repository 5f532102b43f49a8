using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Identities;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Basins;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Structure;
using BasinVolume.Curvature.Verification;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Mnist.Tests.Jobs.VerifyJob;

/// <summary>
/// Networks of every kind that have learned their samples to a loss below 1e-6: every identity holds, as `hessian` and `verify` check them, and so do the zeros
/// that follow from the graph.
/// </summary>
public sealed class ConfidentNetworksTests : IDisposable
{
    private const double Sure = 1e-6;
    private readonly HostDevice _device = new(2);

    /// <summary>Twenty, or as many as BASINVOLUME_RANDOM_NETWORKS asks for.</summary>
    public static TheoryData<int> Seeds
        => [.. Enumerable.Range(1, int.Parse(Environment.GetEnvironmentVariable("BASINVOLUME_RANDOM_NETWORKS") ?? "20", CultureInfo.InvariantCulture))];

    public void Dispose() => _device.Dispose();

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_random_network_that_is_sure_of_its_samples_keeps_every_identity(int seed)
    {
        var network = RandomNetwork.Trained(seed, Sure, _device);
        (ImmutableArray<IdentityCheck> checks, SolvedSpectrum solved) = Check(network);
        Assert.All(checks, check => Assert.True(check.Passed, $"{check.Name}: {check.Residual} above {check.Bound}; {network.Description}"));
        Assert.NotEqual(0, solved.StructuralCount);
    }

    // Fixtures/README.md says how they were computed. Signs are told apart at n 2⁻⁵² max|λ|, as the program does.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(8)]
    public void Inertia_and_eigenvalues_are_those_of_60_digits(int seed)
    {
        using FileStream file = File.OpenRead(TestFiles.Fixture("Jobs/VerifyJob", $"confident-{seed}.json"));
        Fixture expected = JsonSerializer.Deserialize<Fixture>(file, JsonSerializerOptions.Web)!;
        var inputs = new Matrix(expected.Labels.Length, expected.Inputs.Length / expected.Labels.Length, expected.Inputs);
        var network = new RandomNetwork(expected.Description, inputs, expected.Labels, expected.Parameters);
        using var plan = new Plan<double>(network.Network, _device);
        plan.SetParameters(network.Parameters);
        Hessian hessian = Hessian.Compute(plan, network.Samples);
        Assert.Equal(expected.Loss, hessian.Loss, 1e-12 * expected.Loss);
        double largest = expected.Gradient.Max(Math.Abs);
        Assert.All(expected.Gradient.Zip(hessian.Gradient), pair => Assert.Equal(pair.First, pair.Second, 1e-12 * largest));
        Spectrum spectrum = Check(network).Solved.Spectrum;
        Assert.All(expected.Eigenvalues.Zip(spectrum.Eigenvalues), pair => Assert.Equal(pair.First, pair.Second, 1e-12 * spectrum.LargestMagnitude));
        Assert.Equal(new Inertia(expected.Inertia[0], expected.Inertia[1], expected.Inertia[2]), spectrum.Inertia);
    }

    private (ImmutableArray<IdentityCheck> Checks, SolvedSpectrum Solved) Check(RandomNetwork network)
    {
        using var plan = new Plan<double>(network.Network, _device);
        plan.SetParameters(network.Parameters);
        Hessian hessian = Hessian.Compute(plan, network.Samples);
        Assert.InRange(hessian.Loss, double.Epsilon, Sure);
        Derivatives at = Derivatives.Of<double>(plan, network.Samples, network.Parameters, hessian);
        ImmutableArray<NullDirections> zeros = NetworkZeros.Of(network.Network, hessian.Matrix, hessian.Gradient, weightDecay: 0);
        SolvedSpectrum solved = SolvedSpectrum.Of(
            hessian.Matrix, zeros, new Exactness(Spectrum.DoubleRoundoff), vectors: 0, _device.Threads, new Progress<double>(), default);
        ImmutableArray<IdentityCheck> ofSpectrum = SpectralIdentities.Check(
            hessian.Matrix, solved.Spectrum, NetworkIdentities.MostNegativeEigenvalues(network.Network), solved.TakenOut);
        return (
            [
                .. NetworkIdentities.All.SelectMany(identity => identity.Check(at)),
                StructuralReduction.Check(hessian.Matrix, zeros, Spectrum.DoubleRoundoff),
                .. ofSpectrum,
            ],
            solved);
    }

    private sealed record Fixture(
        string Description, double[] Inputs, int[] Labels, double[] Parameters, double Loss, double[] Gradient, double[] Eigenvalues, int[] Inertia);
}
