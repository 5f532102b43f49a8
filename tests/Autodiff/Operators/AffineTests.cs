using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class AffineTests
{
    private static readonly Shape Images = new(2, 3, 2);

    // One factor for each channel, one shift for each row.
    private static readonly ConstantTensor Scale = new(new Shape(2, 1, 1), [2, -0.5]);
    private static readonly ConstantTensor Shift = new(new Shape(3, 1), [1, 0, -3]);

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives(string device)
        => OperatorCheck.Passes(device, new(
            new Affine(Images, Scale, Shift), (x, _) => [.. x[0].Select((value, i) => (Scale.Values[i / 6] * value) + Shift.Values[i / 2 % 3])]));

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives_of_a_scale_or_a_shift_alone_or_of_neither(string device)
    {
        OperatorCheck.Passes(device, new(new Affine(Images, Scale), (x, _) => [.. x[0].Select((value, i) => Scale.Values[i / 6] * value)]));
        OperatorCheck.Passes(device, new(new Affine(Images, shift: new(3)), (x, _) => [.. x[0].Select(value => value + 3)]));
        OperatorCheck.Passes(device, new(new Affine(Images, new ConstantTensor(1)), (x, _) => x[0]));
    }

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void A_shift_of_minus_infinity_stands_in_the_value_and_in_no_derivative(string device)
    {
        var mask = new Affine(new Shape(2), new ConstantTensor(4), new(new Shape(2), [0, double.NegativeInfinity]));
        using var rig = new OperatorRig<double>(
            mask, TestDevices.Get(device), Surroundings.Alone, 1, network => ArraySamples.Random(network, 1, 1));
        Assert.Equal([12, double.NegativeInfinity], rig.Forward([3, 5]));
        Assert.Equal([4, 8], rig.Adjoint([3, 5], [1, 2]));
        (double[][] tangents, double[][] tangentAdjoints) = rig.Directions([3, 5], [1, 2], [[1, 1]], [[3, 1]]);
        Assert.Equal([4, 4], tangents[0]);
        Assert.Equal([12, 4], tangentAdjoints[0]);
    }

    [Fact]
    public void A_shift_ends_homogeneity_and_a_scale_does_not()
    {
        Assert.True(new Affine(Images, Scale).IsPositivelyHomogeneous);
        Assert.True(new Affine(Images, Scale, new ConstantTensor(0)).IsPositivelyHomogeneous);
        Assert.False(new Affine(Images, Scale, Shift).IsPositivelyHomogeneous);
    }

    [Fact]
    public void Constants_that_do_not_meet_or_are_no_numbers_are_refused()
    {
        Refused("[3, 2] cannot be repeated to a sample of shape [2]", () => new Affine(new Shape(2), new(new Shape(3, 2), [1, 2, 3, 4, 5, 6])));
        Refused("[3] cannot be repeated to a sample of shape [2, 3, 2]", () => new Affine(Images, new(new Shape(3), [1, 2, 3])));
        Refused("has 3 elements; 2 were given", () => new ConstantTensor(new Shape(3), [1, 2]));
        Refused("its scale has -Infinity in it", () => new Affine(Images, new ConstantTensor(double.NegativeInfinity)));
        Refused("shift has a NaN in it", () => new Affine(Images, shift: new(double.NaN)));
    }

    private static void Refused(string because, Func<object> make)
        => Assert.Contains(because, Assert.Throws<NetworkException>(make).Message, StringComparison.Ordinal);
}
