using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Basins.Losses;
using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.Structure;
using BasinVolume.Curvature.Subspaces;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Basins.Tests;

/// <summary>Which null directions a Hessian is said to have.</summary>
public class NetworkZerosTests
{
    // Two inputs, two classes: W is [2, 2], then β. The second input is 0 in every sample, so places 1 and 3 are zero.
    private static readonly Network Classifier = new NetworkBuilder(new Shape(2)).Linear("fc", 2).SoftmaxLoss().Build();
    private static readonly Matrix Hessian = new(6, 6,
    [
        4, 0, -4, 0, 2, -2,
        0, 0, 0, 0, 0, 0,
        -4, 0, 4, 0, -2, 2,
        0, 0, 0, 0, 0, 0,
        2, 0, -2, 0, 1, -1,
        -2, 0, 2, 0, -1, 1,
    ]);

    private static readonly double[] Gradient = [1, 0, -1, 0, 1, -1];

    [Fact]
    public void Shift_and_dead_features_are_named_and_the_solve_takes_them_out()
    {
        using var alone = new HostThreads(1);
        var zeros = NetworkZeros.Of(Classifier, Hessian, Gradient, weightDecay: 0);
        Assert.Equal(["softmax shift of fc", "dead features of fc"], zeros.Select(group => group.Name));
        StructuralReduction reduction = StructuralReduction.Of(Hessian, zeros, 1e-16, alone);
        // Three shifts and one more for the dead feature: n − 4 are left.
        Assert.Equal([3, 1], reduction.Groups.Select(group => group.Count));
        Assert.Equal(2, reduction.Matrix.Rows);
    }

    [Fact]
    public void A_penalty_in_the_matrix_leaves_none()
    {
        Assert.Empty(NetworkZeros.Of(Classifier, Hessian, Gradient, weightDecay: 1e-5));
        Assert.Empty(NetworkZeros.Of(Classifier, new MatrixMap(Hessian), Gradient, 1e-5, seed: 1, TestContext.Current.CancellationToken).Groups);
    }

    [Fact]
    public void Products_tell_the_same_of_a_network_in_either_precision_as_its_matrix()
    {
        AssertSame<double>();
        AssertSame<float>();
    }

    [Fact]
    public void A_matrix_that_is_not_the_networks_has_no_shift()
    {
        KnownZeros zeros = NetworkZeros.Of(
            Classifier, new MatrixMap(IdentityOf(6)), Gradient, weightDecay: 0, seed: 1, TestContext.Current.CancellationToken);
        Assert.Empty(zeros.Groups);
        Assert.Contains("'softmax shift of fc' are not taken out", zeros.Reason, StringComparison.Ordinal);
    }

    // Pixels that are always 0, a convolution, and relus; features that no sample has follow from a bias far below 0.
    private static void AssertSame<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(3);
        var inputs = new Matrix(30, 36, [.. Enumerable.Range(0, 30 * 36).Select(i => i % 6 == 0 ? 0 : random.NextDouble())]);
        var samples = new MatrixSamples(inputs, [.. Enumerable.Range(0, 30).Select(i => i % 3)]);
        Network network = new NetworkBuilder(new Shape(36)).Linear("first", 5).Relu().Linear("second", 4).Relu().Linear("fc", 3).SoftmaxLoss().Build();
        double[] weights = [.. Enumerable.Range(0, network.ParameterCount).Select(_ => random.NextDouble() - 0.5)];
        weights[network.Parameters.Single(parameter => parameter.Name == "second.bias").Offset + 1] = -100;
        using var device = new HostDevice(2);
        using var plan = new Plan<T>(network, device);
        plan.SetParameters(Array.ConvertAll(weights, T.CreateTruncating));
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Hessian hessian = Autodiff.Hessian.Compute(plan, samples, cancellation: cancellation);
        var dense = NetworkZeros.Of(network, hessian.Matrix, hessian.Gradient, weightDecay: 0);
        Assert.Equal(["softmax shift of fc", "dead features of fc", "unused parameters"], dense.Select(group => group.Name));
        foreach (ILinearMap map in new[] { NetworkMaps.Hessian(plan, samples), NetworkMaps.GaussNewton(plan, samples) })
        {
            KnownZeros zeros = NetworkZeros.Of(network, map, hessian.Gradient, weightDecay: 0, seed: 1, cancellation);
            Assert.Equal(dense.Select(Places), zeros.Groups.Select(Places));
            Assert.Null(zeros.Reason);
            Assert.Equal(
                StructuralReduction.Of(hessian.Matrix, dense, map.UnitRoundoff, device.Threads).Count, zeros.Subspace.Dimension);
            // Far from the bound: rounding is what is left.
            Assert.All(zeros.Checks, check => Assert.InRange(check.Share, 0, 0.25));
        }
    }

    private static string Places(NullDirections group) => $"{group.Name}: " + (group is ShiftInvariance shift
        ? string.Join("; ", shift.Sets.Select(set => string.Join(' ', set)))
        : string.Join(' ', ((UnusedCoordinates)group).Coordinates));

    private static Matrix IdentityOf(int order)
    {
        var identity = new Matrix(order, order);
        for (int i = 0; i < order; i++)
            identity[i, i] = 1;
        return identity;
    }
}
