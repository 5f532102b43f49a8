using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Cases;

/// <summary>Data that cannot be computed with are refused with the same message on every device, before anything runs.</summary>
public sealed class DataTests
{
    private static readonly ArraySamples Good = new([0.5], [1], [1]);

    // pytorch#49882: on a GPU such a label passed in silence.
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void A_label_outside_the_classes_is_refused_before_anything_runs(string device)
    {
        using var plan = new Plan<double>(TestNetworks.SoftmaxRegression(1, 3), TestDevices.Get(device), new PlanBudget(1, 0));
        plan.SetParameters(new double[6]);
        double[] result = Everything(plan, Good);
        foreach (int label in (int[])[3, -1])
        {
            foreach (Action<ISamples> compute in Computations(plan))
            {
                NetworkException error = Assert.Throws<NetworkException>(() => compute(new ArraySamples([0.25], [label], [1])));
                Assert.Contains($"label {label}", error.Message, StringComparison.Ordinal);
                Assert.Contains("0 to 2", error.Message, StringComparison.Ordinal);
                // What was computed from the sample before is still there. (The input may have been read already.)
                Assert.Equal(result[1..], Read(plan)[1..]);
            }
        }

        Assert.Equal(result, Everything(plan, Good));
    }

    // pytorch#50224.
    [Fact]
    public void No_samples_are_refused()
    {
        using var plan = new Plan<double>(TestNetworks.SoftmaxRegression(1, 3), TestDevices.Get(TestDevices.Cpu));
        foreach (Action<ISamples> compute in Computations(plan))
        {
            NetworkException error = Assert.Throws<NetworkException>(() => compute(new ArraySamples([], Array.Empty<int>(), [])));
            Assert.Contains("no samples", error.Message, StringComparison.Ordinal);
        }
    }

    private static Action<ISamples>[] Computations(Plan<double> plan)
    {
        int n = plan.Network.ParameterCount;
        return
        [
            samples => Hessian.Compute(plan, samples),
            samples => Hessian.Multiply(plan, samples, new(1, n)),
            samples => Hessian.Block(plan, samples, plan.Network.Parameters, plan.Network.Parameters),
            samples => GaussNewton.Compute(plan, samples),
            samples => Gradient.Compute(plan, samples, new double[n]),
            samples => Evaluation.Compute(plan, samples),
            samples => Evaluation.Outputs(plan, samples),
        ];
    }

    private static double[] Everything(Plan<double> plan, ISamples samples)
    {
        Hessian.Compute(plan, samples);
        return Read(plan);
    }

    private static double[] Read(Plan<double> plan)
    {
        var all = new List<double>();
        for (int value = 0; value < plan.Network.Values.Length; value++)
        {
            var elements = new double[plan.Value(value).Length];
            plan.Value(value).Read(elements);
            all.AddRange(elements);
        }

        return [.. all];
    }
}
