using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Basins.Losses;
using BasinVolume.Curvature.Maps;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Basins.Tests.Losses;

public class NetworkMapsTests
{
    // Products by passes against products with the matrices, a penalty as a shift.
    [Fact]
    public void Maps_of_a_network_are_its_matrices()
    {
        var random = new Random(7);
        var inputs = new Matrix(20, 3, [.. Enumerable.Range(0, 60).Select(_ => random.NextDouble() - 0.5)]);
        var targets = new Matrix(20, 2, [.. Enumerable.Range(0, 40).Select(_ => random.NextDouble())]);
        var samples = new MatrixSamples(inputs, targets);
        Network network = new NetworkBuilder(new Shape(3)).Linear("first", 4).Tanh().Linear("second", 2).MeanSquaredLoss().Build();
        using var device = new HostDevice(2);
        using var plan = new Plan<double>(network, device);
        int n = network.ParameterCount;
        plan.SetParameters([.. Enumerable.Range(0, n).Select(_ => random.NextDouble() - 0.5)]);
        var directions = new Matrix(3, n, [.. Enumerable.Range(0, 3 * n).Select(_ => random.NextDouble() - 0.5)]);
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Matrix hessian = Hessian.Compute(plan, samples, cancellation: cancellation).Matrix;
        Matrix gaussNewton = GaussNewton.Compute(plan, samples, cancellation: cancellation).Matrix;
        AssertSame(new MatrixMap(hessian), NetworkMaps.Hessian(plan, samples), directions);
        AssertSame(new MatrixMap(gaussNewton), NetworkMaps.GaussNewton(plan, samples), directions);
        new L2Penalty(0.25).AddHessian(hessian);
        AssertSame(new MatrixMap(hessian), new ShiftedMap(NetworkMaps.Hessian(plan, samples), 0.25), directions);
    }

    private static void AssertSame(MatrixMap expected, ILinearMap actual, Matrix directions)
    {
        Assert.Equal(expected.Order, actual.Order);
        Matrix wanted = new(directions.Rows, directions.Columns), found = new(directions.Rows, directions.Columns);
        expected.Multiply(directions, wanted, TestContext.Current.CancellationToken);
        actual.Multiply(directions, found, TestContext.Current.CancellationToken);
        for (int i = 0; i < wanted.Values.Length; i++)
            Assert.Equal(wanted.Values[i], found.Values[i], 1e-13);
    }
}
