using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Harness;

/// <summary>
/// The checks that every operator must pass, each pass against the one before it and the first against a plain double reference f.
/// With z inputs and parameters together, ȳ and ȳ˙ arbitrary:
/// <code>
/// forward          y = f(z)
/// tangent          ẏ = (f(z + hż) − f(z − hż)) / 2h
/// adjoint          ⟨ȳ, ẏ⟩ = ⟨z̄, ż⟩
/// tangent-adjoint  z̄˙ = (z̄(z + hż, ȳ + hȳ˙) − z̄(z − hż, ȳ − hȳ˙)) / 2h ;  for ȳ˙ = 0 symmetric: ⟨u, H v⟩ = ⟨v, H u⟩ ;  without adjoints (f′)ᵀ ȳ˙
/// </code>
/// Seven directions at once give the bits of one at a time, and x̄ has the same bits where w̄ is not wanted.
/// </summary>
internal static class OperatorCheck
{
    public const int Samples = 3;
    public const int Directions = 7;

    // Where a check is done for some of the directions: the first, the last and one between.
    private static readonly int[] Some = [0, 3, Directions - 1];

    /// <summary>Both precisions on a device, in double in all surroundings that the operator can have.</summary>
    public static void Passes(string deviceName, OperatorCase @case)
    {
        Device device = TestDevices.Get(deviceName);
        Passes<double>(device, @case, 1);
        // One surrounding is enough to see whether float runs: which kernels are called does not depend on the precision.
        Passes<float>(device, @case, Surroundings.Shared, 2);
        TestDevices.Failures.AssertNone();
    }

    /// <summary>The same for an operator whose input is data, with no tangent and no adjoint.</summary>
    public static void PassesOnData(string deviceName, OperatorCase @case)
    {
        Device device = TestDevices.Get(deviceName);
        Passes<double>(device, @case, Surroundings.Constant, 1);
        Passes<float>(device, @case, Surroundings.Constant, 2);
        TestDevices.Failures.AssertNone();
    }

    /// <summary>All surroundings that the operator can have.</summary>
    public static void Passes<T>(Device device, OperatorCase @case, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Passes<T>(device, @case, Surroundings.Alone, seed);
        Passes<T>(device, @case, Surroundings.Shared, seed);
        // An operator that depends on nothing else has no derivative there.
        if (@case.Operator.Parameters.Count > 0 || @case.Operator.Inputs.Count > 1)
            Passes<T>(device, @case, Surroundings.Constant, seed);
    }

    /// <summary>
    /// For every element of a tensor whose one-hot tangents are copies of the input: the copy is what the tangent pass gives for that direction.
    /// </summary>
    public static void OneHotTangentsAreCopies(Operator @operator)
    {
        const int Weight = 0;
        Assert.True(@operator.CopiesInput(Weight));
        using var host = new HostDevice(1);
        int elements = @operator.Parameters[Weight].Shape.Size;
        using var rig = new OperatorRig<double>(@operator, host, Surroundings.Alone, elements, network => ArraySamples.Random(network, 1, 1));
        double[] z = Point.Normals(new Random(1), rig.Point.Length), zeros = new double[@operator.Output.Size];
        double[][] oneHot = [.. Enumerable.Range(0, elements).Select(_ => new double[z.Length])];
        for (int i = 0; i < elements; i++)
            rig.Point.Parameter(oneHot[i], Weight)[i] = 1;
        double[][] tangents = rig.Directions(z, zeros, oneHot, [.. oneHot.Select(_ => zeros)]).OutputTangents;
        double[] input = rig.Point.Input(z, 0, 0);
        var sources = new int[zeros.Length];
        for (int i = 0; i < elements; i++)
        {
            @operator.CopiedInputs(Weight, i, sources);
            Assert.Equal(sources.Select(source => source < 0 ? 0 : input[source]), tangents[i]);
        }
    }

    private static void Passes<T>(Device device, OperatorCase @case, Surroundings surroundings, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var rig = new OperatorRig<T>(@case.Operator, device, surroundings, Directions, network => ArraySamples.Random(network, Samples, seed));
        var random = new Random(seed);
        double[] z = Draw(@case, rig.Point, random);
        int outputs = Samples * @case.Operator.Output.Size;
        double[] yAdjoint = Point.Normals(random, outputs);
        double[][] zTangents = Many(() => Directed(@case, rig.Point, surroundings, random));
        double[][] yTangentAdjoints = Many(() => Point.Normals(random, outputs));

        Near.Equal(rig.Point.Evaluate(@case.Reference, z), rig.Forward(z), Near.Rounding<T>(), "forward");
        double[] zAdjoint = rig.Adjoint(z, yAdjoint);
        (double[][] yTangents, double[][] zTangentAdjoints) = rig.Directions(z, yAdjoint, zTangents, yTangentAdjoints);
        TangentsAreDifferences<T>(@case, rig.Point, z, zTangents, yTangents);
        for (int v = 0; v < Directions; v++)
            Near.InnerProductsEqual((yAdjoint, yTangents[v]), (zAdjoint, zTangents[v]), Near.Rounding<T>(), "adjoint");
        TangentAdjointsAreDifferences<T>(@case, surroundings, (z, yAdjoint), (zTangents, yTangentAdjoints), zTangentAdjoints);
        SecondDerivativeIsSymmetric(rig, z, yAdjoint, zTangents);
        OneDirectionGivesTheSameBits(rig, (z, yAdjoint), (zTangents, yTangentAdjoints), (yTangents, zTangentAdjoints));
        WithoutAdjointsTheJacobianIsLeft(rig, z, zTangents[0], yTangentAdjoints[0]);
        AdjointsOfValuesAreTheSameAlone(rig, z, yAdjoint, zAdjoint);
    }

    // Directions are compared together: rounding is relative to what is added up, which in one of them alone may cancel.
    private static void TangentsAreDifferences<T>(OperatorCase @case, Point point, double[] z, double[][] zTangents, double[][] yTangents)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] expected = OfSome(v => Near.CentralDifference(h => point.Evaluate(@case.Reference, Near.Moved(z, h, zTangents[v]))));
        Near.Equal(expected, OfSome(v => yTangents[v]), Near.Difference<T>(), "tangent");
    }

    // The adjoint is differentiated in double on the host: in float the differences would drown in rounding.
    private static void TangentAdjointsAreDifferences<T>(
        OperatorCase @case, Surroundings surroundings, (double[] Z, double[] YAdjoint) at, (double[][] Z, double[][] YAdjoint) along, double[][] actual)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var host = new HostDevice(1);
        using var rig = new OperatorRig<double>(@case.Operator, host, surroundings, 1, network => ArraySamples.Random(network, Samples, 1));
        double[] expected = OfSome(
            v => Near.CentralDifference(h => rig.Adjoint(Near.Moved(at.Z, h, along.Z[v]), Near.Moved(at.YAdjoint, h, along.YAdjoint[v]))));
        Near.Equal(expected, OfSome(v => actual[v]), Near.Difference<T>(), "tangent-adjoint");
    }

    private static void OneDirectionGivesTheSameBits<T>(
        OperatorRig<T> rig, (double[] Z, double[] YAdjoint) at, (double[][] Z, double[][] YAdjoint) along, (double[][] Y, double[][] ZAdjoint) together)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (int v in Some)
        {
            (double[][] yTangents, double[][] zTangentAdjoints) = rig.Directions(at.Z, at.YAdjoint, [along.Z[v]], [along.YAdjoint[v]]);
            Assert.Equal(together.Y[v], yTangents[0]);
            Assert.Equal(together.ZAdjoint[v], zTangentAdjoints[0]);
        }
    }

    private static void SecondDerivativeIsSymmetric<T>(OperatorRig<T> rig, double[] z, double[] yAdjoint, double[][] zTangents)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[][] products = rig.Directions(z, yAdjoint, zTangents, Many(() => new double[yAdjoint.Length])).TangentAdjoints;
        for (int v = 1; v < Directions; v++)
            Near.InnerProductsEqual((zTangents[0], products[v]), (zTangents[v], products[0]), Near.Rounding<T>(), "symmetry");
    }

    private static void WithoutAdjointsTheJacobianIsLeft<T>(OperatorRig<T> rig, double[] z, double[] zTangent, double[] yTangentAdjoint)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Near.Equal(
            rig.Adjoint(z, yTangentAdjoint), rig.WithoutAdjoints(z, zTangent, yTangentAdjoint), Near.Rounding<T>(), "tangent-adjoint without adjoints");

    private static void AdjointsOfValuesAreTheSameAlone<T>(OperatorRig<T> rig, double[] z, double[] yAdjoint, double[] zAdjoint)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Assert.Equal(rig.Point.InputsOf(zAdjoint), rig.Point.InputsOf(rig.AdjointOfValues(z, yAdjoint)));

    private static double[] Draw(OperatorCase @case, Point point, Random random)
    {
        double[] z = Point.Normals(random, point.Length);
        for (int i = 0; i < @case.Operator.Inputs.Count; i++)
        {
            Span<double> block = point.Block(z, i);
            int size = @case.Operator.Inputs[i].Size;
            for (int s = 0; s < Samples; s++)
                Point.Exact(@case.Inputs(random, size)).CopyTo(block[(s * size)..]);
        }

        return z;
    }

    private static double[] Directed(OperatorCase @case, Point point, Surroundings surroundings, Random random)
    {
        double[] direction = Point.Normals(random, point.Length);
        if (surroundings == Surroundings.Constant)
            point.Block(direction, 0).Clear();
        return direction;
    }

    private static double[] OfSome(Func<int, double[]> ofDirection) => [.. Some.SelectMany(ofDirection)];

    private static double[][] Many(Func<double[]> draw) => [.. Enumerable.Range(0, Directions).Select(_ => draw())];
}
