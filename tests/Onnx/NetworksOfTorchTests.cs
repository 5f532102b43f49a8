using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Onnx.Tests.Harness;

namespace BasinVolume.Onnx.Tests;

/// <summary>
/// 40 random networks that PyTorch 1.13 exported over all operators that it writes, from version 9 to 17, against its own loss, gradient and Hessian by double
/// backward. Fixtures/networks.py made them.
/// </summary>
public sealed class NetworksOfTorchTests
{
    private const double Agreement = 1e-10;

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, 40)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Loss_gradient_and_hessian_are_those_of_double_backward(int number)
    {
        using ZipArchive archive = ZipFile.OpenRead(Path.Combine(AppContext.BaseDirectory, "Onnx", "Fixtures", "networks.zip"));
        byte[] Part(string name)
        {
            using Stream stream = archive.GetEntry($"{number:00}{name}")!.Open();
            using var content = new MemoryStream();
            stream.CopyTo(content);
            return content.ToArray();
        }

        double[] Numbers(string name) => MemoryMarshal.Cast<byte, double>(Part($"-{name}")).ToArray();
        using JsonDocument facts = JsonDocument.Parse(Part(".json"));
        ImportLoss loss = facts.RootElement.GetProperty("loss").GetString() switch
        {
            "cross-entropy" => ImportLoss.CrossEntropy,
            "mean-squared" => ImportLoss.MeanSquared,
            _ => ImportLoss.BinaryCrossEntropy,
        };
        ImportedNetwork imported = OnnxImport.Read(Part(".onnx"), $"network {number}", new ImportOptions { Loss = loss });
        Assert.Equal(
            facts.RootElement.GetProperty("parameters").EnumerateObject().Select(parameter => parameter.Name).Order(StringComparer.Ordinal),
            imported.Network.Parameters.Select(parameter => parameter.Name).Order(StringComparer.Ordinal));

        double[] x = Numbers("x");
        Outputs.AssertClose(Numbers("logits"), Outputs.Of(imported, x), Agreement);
        using var device = new HostDevice(threads: 2);
        using var plan = new Plan<double>(imported.Network, device);
        plan.SetParameters(imported.Weights);
        Hessian hessian = Hessian.Compute(plan, SamplesOf(imported.Network, x, Numbers("y")));
        int[] places = Places(imported.Network, facts.RootElement.GetProperty("parameters"));
        Outputs.AssertClose(Numbers("loss"), [hessian.Loss], Agreement);
        Outputs.AssertClose(Numbers("gradient"), [.. places.Select(place => hessian.Gradient[place])], Agreement);
        Outputs.AssertClose(
            Numbers("hessian"), [.. places.SelectMany((row, i) => places.Take(i + 1).Select(column => hessian.Matrix[row, column]))], Agreement);
    }

    private static MatrixSamples SamplesOf(Network network, double[] x, double[] y)
    {
        int count = x.Length / network.Input.Size;
        var inputs = new Matrix(count, network.Input.Size, x);
        return network.Loss.TakesLabels
            ? new MatrixSamples(inputs, Array.ConvertAll(y, label => (int)label))
            : new MatrixSamples(inputs, new Matrix(count, y.Length / count, y));
    }

    // Where the elements of PyTorch's parameters are among ours.
    private static int[] Places(Network network, JsonElement parameters)
        => [.. parameters.EnumerateObject().SelectMany(named => network.Parameters.Single(parameter => parameter.Name == named.Name) is var parameter
            ? Enumerable.Range(parameter.Offset, parameter.Size)
            : [])];
}
