using System.Text.Json;
using BasinVolume.Autodiff.Descriptions;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Cases;

/// <summary>
/// Loss, gradient and Hessian of small networks as PyTorch 1.13 computes them by double backward in double: Fixtures/make_torch.py wrote them, and says with
/// what inputs and parameters.
/// </summary>
public sealed class TorchTests
{
    private const int Samples = 5;

    private static readonly Case[] Cases = JsonSerializer.Deserialize<Case[]>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Cases", "Fixtures", "torch.json")), JsonSerializerOptions.Web)!;

    public static TheoryData<string, string> CasesOnDevices
        => [.. from @case in Cases from device in TestDevices.Names select (@case.Name, device.Data)];

    [Theory]
    [MemberData(nameof(CasesOnDevices))]
    public void A_network_has_PyTorchs_derivatives(string name, string device)
    {
        Case @case = Cases.Single(@case => @case.Name == name);
        Network network = Described(@case);
        double[] theta = Wave(network.ParameterCount, 1.37, 0.4, 0.6), inputs = Wave(Samples * network.Input.Size, 0.77, 0.3, 1.5);
        double[] weights = [.. Enumerable.Repeat(1.0 / Samples, Samples)];
        ArraySamples samples = network.Loss.TakesLabels
            ? new(inputs, [.. Enumerable.Range(0, Samples).Select(s => s % 3)], weights)
            : new(inputs, [.. Wave(Samples * network.Loss.TargetLength, 1.9, 0.1, 0.5).Select(value => value + 0.5)], weights);

        Hessian hessian = On.Hessian<double>(device, network, theta, samples);
        AssertNear([@case.Loss], [hessian.Loss]);
        AssertNear(@case.Gradient, hessian.Gradient);
        AssertNear([@case.Trace], [hessian.Trace]);
        for (int v = 0; v < @case.Products.Length; v++)
        {
            double[] direction = Wave(network.ParameterCount, 0.9, v == 0 ? 0.2 : 1.7, 1);
            double[] product = [.. Enumerable.Range(0, direction.Length).Select(i => DotProduct.InOrder(hessian.Matrix.Row(i), direction))];
            AssertNear(@case.Products[v], product);
        }

        using var plan = new Plan<double>(network, TestDevices.Get(device), new PlanBudget(2, 1 << 12));
        plan.SetParameters(theta);
        var directions = new Matrix(1, network.ParameterCount, Wave(network.ParameterCount, 0.9, 0.2, 1));
        AssertNear(@case.Products[0], Hessian.Multiply(plan, samples, directions).Values);
    }

    private static Network Described(Case @case)
        => NetworkDescription.Parse(@case.Network.GetRawText(), @case.Name).WithBuffers(buffer =>
        {
            double[] known = buffer.Name.EndsWith("mean", StringComparison.Ordinal) ? [0.3, -0.2, 0.1, 0.4] : [0.5, 1.5, 0.8, 2.0];
            return [.. known.Take(buffer.Shape.Size)];
        });

    private static double[] Wave(int count, double pace, double phase, double size)
        => [.. Enumerable.Range(0, count).Select(i => size * Math.Sin((pace * i) + phase))];

    private static void AssertNear(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double difference = EuclideanNorm.OfDifference(expected, actual), norm = EuclideanNorm.InOrder(expected);
        Assert.True(difference <= 1e-12 * norm, $"|difference| = {difference} of {norm}.");
    }

    private sealed record Case(string Name, JsonElement Network, double Loss, double Trace, double[] Gradient, double[][] Products);
}
