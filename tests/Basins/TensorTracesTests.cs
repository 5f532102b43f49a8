using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Basins.Losses;
using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Traces;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Basins.Tests;

public sealed class TensorTracesTests
{
    private static readonly Network Network = new NetworkBuilder(new Shape(6)).Linear("first", 20).Tanh().Linear("second", 3).MeanSquaredLoss().Build();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void In_double_they_are_the_sums_of_the_matrix() => AssertRight<double>(1e-12);

    [Fact]
    public void In_single_precision_they_are_so_within_rounding() => AssertRight<float>(1e-4);

    // Small tensors exactly, the largest one from probes; then all exactly; then none.
    private static void AssertRight<T>(double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(7);
        var samples = new MatrixSamples(
            new Matrix(40, 6, [.. Enumerable.Range(0, 240).Select(_ => (double)(float)(random.NextDouble() - 0.5))]),
            new Matrix(40, 3, [.. Enumerable.Range(0, 120).Select(_ => (double)(float)random.NextDouble())]));
        double[] weights = [.. Enumerable.Range(0, Network.ParameterCount).Select(_ => (double)(float)(random.NextDouble() - 0.5))];
        using var device = new HostDevice(2);
        using var exact = new Plan<double>(Network, device);
        using var plan = new Plan<T>(Network, device);
        exact.SetParameters(weights);
        plan.SetParameters(Array.ConvertAll(weights, T.CreateTruncating));
        Matrix hessian = Hessian.Compute(exact, samples, cancellation: Cancellation).Matrix;
        Matrix gaussNewton = GaussNewton.Compute(exact, samples, cancellation: Cancellation).Matrix;
        var options = new TraceOptions(0, 40, 3);
        foreach (int products in new[] { 0, 90, 203 })
        {
            TensorTraces ofHessian = TensorTraces.Of(NetworkMaps.Hessian(plan, samples), products, options, device.Threads, cancellation: Cancellation);
            AssertContains(ofHessian, hessian, products, tolerance);
            TensorTraces ofG = TensorTraces.Of(NetworkMaps.GaussNewton(plan, samples), products, options, device.Threads, cancellation: Cancellation);
            AssertContains(ofG, gaussNewton, products, tolerance);
        }
    }

    private static void AssertContains(TensorTraces traces, Matrix matrix, int products, double tolerance)
    {
        Assert.Equal(Network.Parameters.Select(tensor => tensor.Name), traces.Tensors.Select(trace => trace.Tensor.Name));
        int[] exact = products switch { 0 => [], 90 => [3, 20, 60], _ => [3, 20, 60, 120] };
        foreach (TensorTrace trace in traces.Tensors)
        {
            double expected = Enumerable.Range(trace.Tensor.Offset, trace.Tensor.Size).Sum(i => matrix[i, i]);
            // An interval of 95 % may miss now and then; twice as wide it hardly does.
            Interval interval = trace.Interval!.Value;
            Assert.InRange(expected, interval.Low - (interval.Width / 2), interval.High + (interval.Width / 2));
            Assert.Equal(exact.Contains(trace.Tensor.Size), trace.IsExact);
            if (trace.IsExact)
                Assert.Equal(expected, trace.Value!.Value, tolerance * (1 + Math.Abs(expected)));
            else
                Assert.InRange(trace.StandardError!.Value, double.Epsilon, 1 + Math.Abs(expected));
        }

        Assert.Equal(products == 203, traces.Reason is null);
        Assert.Equal(products switch { 0 => 40, 90 => 83 + 40, _ => 203 }, traces.Products);
    }

    [Fact]
    public void Where_products_are_too_few_there_is_no_number_but_a_reason()
    {
        using var device = new HostDevice(1);
        using var plan = new Plan<double>(Network, device);
        plan.SetParameters([.. Enumerable.Range(0, Network.ParameterCount).Select(i => Math.Sin(i))]);
        var samples = new MatrixSamples(new Matrix(2, 6, [.. Enumerable.Range(0, 12).Select(i => Math.Cos(i))]), new Matrix(2, 3));
        TensorTraces traces = TensorTraces.Of(NetworkMaps.Hessian(plan, samples), 3, new(0.1, 2, 1), device.Threads, cancellation: Cancellation);
        Assert.Equal([true, false, false, false], traces.Tensors.OrderBy(trace => trace.Tensor.Size).Select(trace => trace.Value is not null));
        Assert.Contains("needs at least 6 products", traces.Reason, StringComparison.Ordinal);
    }
}
