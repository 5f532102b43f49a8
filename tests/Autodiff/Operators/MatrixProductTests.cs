using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class MatrixProductTests
{
    private const int Products = 2;
    private const int M = 3;
    private const int K = 4;
    private const int N = 5;

    public static TheoryData<string, bool, bool> Cases =>
        [.. from device in TestDevices.Names from first in (bool[])[false, true] from second in (bool[])[false, true] select (device.Data, first, second)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Passes_are_derivatives(string device, bool transposeFirst, bool transposeSecond)
        => OperatorCheck.Passes(device, Case([Products], transposeFirst, transposeSecond, factor: 1));

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives_with_a_factor(string device) => OperatorCheck.Passes(device, Case([Products], false, true, factor: -0.375));

    // Fewer pairs of matrices than directions.
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives_of_matrices_alone(string device) => OperatorCheck.Passes(device, Case([], true, false, factor: 2));

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void A_value_can_be_multiplied_by_itself(string device)
    {
        // L = (|w x|² − t)² with w = 3 and x = (½, 1): u = 9 · 1.25 = 11.25, u′ = 2 w |x|² = 7.5, u″ = 2.5; t = 11: L = 0.0625, g = 2 · 0.25 · 7.5 = 3.75,
        // H = 2 · 7.5² + 2 · 0.25 · 2.5 = 113.75.
        Network network = new NetworkBuilder(new Shape(1, 2)).Scale("w").As("wx").MatrixProduct("wx", transposeSecond: true).MeanSquaredLoss().Build();
        using var plan = new Plan<double>(network, TestDevices.Get(device), new PlanBudget(1, 0));
        plan.SetParameters([3]);
        Hessian hessian = Hessian.Compute(plan, new ArraySamples([0.5, 1], [11.0], [1]));
        Assert.Equal((0.0625, 3.75, 113.75), (hessian.Loss, hessian.Gradient[0], hessian.Matrix[0, 0]));
    }

    [Fact]
    public void Matrices_that_do_not_fit_are_refused()
    {
        Refused("[2, 3, 4] has 4, [2, 5, 4] has 5", new Shape(2, 3, 4), new Shape(2, 5, 4));
        Refused("agree in all but the last two; got [2, 3, 4] and [3, 4, 5]", new Shape(2, 3, 4), new Shape(3, 4, 5));
        Refused("got [3, 4] and [2, 4, 5]", new Shape(3, 4), new Shape(2, 4, 5));
        Refused("got [4] and [4]", new Shape(4), new Shape(4));
        Assert.Contains(
            "factor of a matrix product is NaN",
            Assert.Throws<NetworkException>(() => new MatrixProduct(new Shape(1, 1), new Shape(1, 1), factor: double.NaN)).Message,
            StringComparison.Ordinal);
    }

    private static void Refused(string because, Shape first, Shape second)
        => Assert.Contains(because, Assert.Throws<NetworkException>(() => new MatrixProduct(first, second)).Message, StringComparison.Ordinal);

    private static OperatorCase Case(int[] leading, bool transposeFirst, bool transposeSecond, double factor)
    {
        Shape first = new([.. leading, .. transposeFirst ? (int[])[K, M] : [M, K]]), second = new([.. leading, .. transposeSecond ? (int[])[N, K] : [K, N]]);
        return new(new MatrixProduct(first, second, transposeFirst, transposeSecond, factor), (x, _) =>
            [.. from p in Enumerable.Range(0, first.Size / (M * K))
                from i in Enumerable.Range(0, M)
                from j in Enumerable.Range(0, N)
                select factor * Enumerable.Range(0, K).Sum(k =>
                    x[0][(p * M * K) + (transposeFirst ? (k * M) + i : (i * K) + k)] * x[1][(p * K * N) + (transposeSecond ? (j * K) + k : (k * N) + j)])]);
    }
}
