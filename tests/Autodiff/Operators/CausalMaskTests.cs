using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class CausalMaskTests
{
    // −∞ has no differences, so that the passes are compared with what they are by definition.
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Every_pass_keeps_what_lies_on_and_below_the_diagonal(string device)
    {
        foreach (Surroundings surroundings in (Surroundings[])[Surroundings.Alone, Surroundings.Shared])
        {
            using var rig = new OperatorRig<double>(
                new CausalMask(new Shape(2, 2, 3)), TestDevices.Get(device), surroundings, 2, network => ArraySamples.Random(network, 3, 1));
            var random = new Random(1);
            double[] x = Point.Normals(random, 36), adjoint = Point.Normals(random, 36);
            double[][] along = [Point.Normals(random, 36), Point.Normals(random, 36)], back = [Point.Normals(random, 36), Point.Normals(random, 36)];
            Assert.Equal(Masked(x, double.NegativeInfinity), rig.Forward(x));
            Near.Equal(Masked(adjoint, 0), rig.Adjoint(x, adjoint), 1e-15, "adjoint");
            (double[][] tangents, double[][] tangentAdjoints) = rig.Directions(x, adjoint, along, back);
            for (int v = 0; v < 2; v++)
            {
                Assert.Equal(Masked(along[v], 0), tangents[v]);
                Near.Equal(Masked(back[v], 0), tangentAdjoints[v], 1e-15, "tangent-adjoint");
            }
        }

        TestDevices.Failures.AssertNone();
    }

    [Fact]
    public void One_dimension_is_refused()
        => Assert.Contains("got [4]", Assert.Throws<NetworkException>(() => new CausalMask(new Shape(4))).Message, StringComparison.Ordinal);

    private static double[] Masked(double[] values, double masked) => [.. values.Select((value, i) => i % 3 > i % 6 / 3 ? masked : value)];
}
