using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests;

public sealed class EvaluationTests
{
    // The outputs of a linear layer are W x + b, whatever chunks the samples come in.
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Outputs_are_the_logits_of_each_sample_in_order(string device)
    {
        const int Inputs = 4, Classes = 3, Count = 5;
        Network network = TestNetworks.SoftmaxRegression(Inputs, Classes);
        var random = new Random(1);
        double[] parameters = ArraySamples.Normals(random, network.ParameterCount), inputs = ArraySamples.Normals(random, Count * Inputs);
        using var plan = new Plan<double>(network, TestDevices.Get(device), new PlanBudget(2, 0));
        plan.SetParameters(parameters);
        Matrix outputs = Evaluation.Outputs(plan, new ArraySamples(inputs, new int[Count], [1, 1, 1, 1, 1]));
        Assert.Equal((Count, Classes), (outputs.Rows, outputs.Columns));
        for (int s = 0; s < Count; s++)
        {
            for (int c = 0; c < Classes; c++)
            {
                double expected = parameters[(Classes * Inputs) + c] + Enumerable.Range(0, Inputs).Sum(
                    i => parameters[(c * Inputs) + i] * inputs[(s * Inputs) + i]);
                Assert.Equal(expected, outputs[s, c], 1e-14);
            }
        }
    }
}
