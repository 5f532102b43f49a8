using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Tests.Identities;
using BasinVolume.Mnist.Commands;
using BasinVolume.Mnist.Jobs;
using BasinVolume.Mnist.Jobs.HessianJob;
using BasinVolume.Mnist.Models;

namespace BasinVolume.Mnist.Tests.Jobs.VerifyJob;

/// <summary>A Hessian whose derivatives are wrong is kept, shown and called what it is.</summary>
public sealed class BrokenIdentityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_broken_identity_ends_with_exit_code_1_after_everything_was_written_and_said()
    {
        var command = new HessianCommand();
        Command hessian = new("hessian");
        command.AddTo(hessian);
        var root = new RootCommand();
        GlobalOptions.AddTo(root);
        root.Subcommands.Add(hessian);
        string folder = _folder.PathOf("run");
        ParseResult parsed = root.Parse(
            ["hessian", "--samples", "20", "--epochs", "0", "--device", "cpu", "--threads", "2", "--quiet", "--json", "--out", folder]);
        using var said = new StringWriter();
        parsed.InvocationConfiguration.Output = said;
        HessianOptions options = command.Read(parsed, "hessian");

        IdentityException error = Assert.Throws<IdentityException>(
            () => HessianCommand.Execute(parsed, options, run => HessianRun.Dense(
                options, Faulty(), JobInputs.Open(options, run.View), run.Device, run.Findings, run.View, default)));

        Assert.Equal(ExitCodes.Failure, ExitCodes.Of(error));
        Assert.Contains("The derivatives of faulty (", error.Message, StringComparison.Ordinal);
        JsonObject shown = JsonNode.Parse(said.ToString())!.AsObject();
        Assert.Equal(folder, (string?)shown["folder"]);
        shown.Remove("folder");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(File.ReadAllBytes(Path.Combine(folder, "result.json"))), shown));
        JsonElement model = JsonElement.Parse(said.ToString()).GetProperty("models")[0];
        Assert.Contains(model.GetProperty("verification").EnumerateArray(), check => !check.GetProperty("passed").GetBoolean());
        Assert.All(["hessian-faulty.npy", "gradient-faulty.npy", "eigenvalues-faulty.npy", "run.log"], file => Assert.True(
            File.Exists(Path.Combine(folder, file)), file));
        Assert.Contains("<td>broken</td>", File.ReadAllText(Path.Combine(folder, "report.html")), StringComparison.Ordinal);
        Assert.Contains("BROKEN", File.ReadAllText(Path.Combine(folder, "run.log")), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder, ".unfinished")));
    }

    // Without a softmax there is nothing that is known of its zeros.
    private static RequestedModel Faulty()
    {
        Network sound = new NetworkBuilder(new Shape(1, 28, 28))
            .Convolution("conv1", 1, kernel: 5, stride: 3)
            .MaxPool(2)
            .Flatten()
            .Linear("out", 10)
            .MeanSquaredLoss()
            .Build();
        Network faulty = new(
            sound.Input,
            [.. sound.Nodes.Select(node => node.Operator is MaxPool ? node with { Operator = new FaultyOperator(node.Operator, Fault.TangentSign) } : node)]);
        return new("faulty", "faulty", faulty, Weights: null, Origin: null);
    }
}
