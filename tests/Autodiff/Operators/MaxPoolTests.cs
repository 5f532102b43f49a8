using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Tests.Devices;
using CsCheck;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class MaxPoolTests
{
    // Overlapping windows, with a row left over.
    private static readonly PoolingShape Odd = new(2, 6, 5, 3, 2, 1);

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives(string device) => OperatorCheck.Passes(device, Case(Odd));

    [Fact]
    public void Passes_are_derivatives_for_random_shapes()
        => Gen.Select(AveragePoolTests.AnyShape, Gen.Int[0, 1000]).Sample(
            (shape, seed) => OperatorCheck.Passes<double>(TestDevices.Get(TestDevices.Cpu), Case(shape), seed), iter: 30, threads: 1);

    // Part of a window behind the image, one that begins before it, and pixels that lie apart.
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives_with_uneven_windows(string device)
    {
        OperatorCheck.Passes(device, Case(new(2, 5, 6, new Window(2, Stride: 2) { Ceil = true }, new Window(3, Stride: 2, Before: 1, After: 2))));
        OperatorCheck.Passes(device, Case(new(1, 6, 5, new Window(2, Dilation: 3), new Window(3, Before: 2, After: 1, Dilation: 2))));
    }

    // functorch#1019, jax#628: of equal pixels the first wins, in every pass.
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void The_first_of_equal_pixels_wins_in_every_pass(string device)
    {
        using var rig = new OperatorRig<double>(
            new MaxPool(new PoolingShape(1, 2, 3, 2, 1)), TestDevices.Get(device), Surroundings.Alone, 1, network => ArraySamples.Random(network, 1, 1));
        // Windows [2, 2, 1, 2] and [2, 3, 2, 3]: first pixels 0 and 2.
        double[] image = [2, 2, 3, 1, 2, 3];
        Assert.Equal([2, 3], rig.Forward(image));
        Assert.Equal([5, 0, 7, 0, 0, 0], rig.Adjoint(image, [5, 7]));
        (double[][] tangents, double[][] tangentAdjoints) = rig.Directions(image, [5, 7], [[10, 20, 30, 40, 50, 60]], [[1, 2]]);
        Assert.Equal([10, 30], tangents[0]);
        Assert.Equal([1, 0, 2, 0, 0, 0], tangentAdjoints[0]);
    }

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void The_padding_never_wins(string device)
    {
        using var rig = new OperatorRig<double>(
            new MaxPool(new PoolingShape(1, 1, 2, 2, 1, 1)), TestDevices.Get(device), Surroundings.Alone, 1, network => ArraySamples.Random(network, 1, 1));
        // Two rows of windows [−3], [−3, −1], [−1].
        Assert.Equal([-3, -1, -1, -3, -1, -1], rig.Forward([-3, -1]));
        Assert.Equal([2, 4], rig.Adjoint([-3, -1], [1, 1, 1, 1, 1, 1]));
    }

    private static OperatorCase Case(PoolingShape shape)
        => new(new MaxPool(shape), (x, _) => Images.Pool(shape, x[0], (pixels, _) => pixels.Max())) { Inputs = WithoutTies };

    // All pixels at least 0.1 apart, in random order.
    private static double[] WithoutTies(Random random, int count)
    {
        double[] values = [.. Enumerable.Range(0, count).Select(i => 0.1 * (i - (count / 2)))];
        random.Shuffle(values);
        return values;
    }
}
