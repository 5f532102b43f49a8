using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class EmbeddingTests
{
    private const int Vocabulary = 5;
    private const int Width = 3;

    // Samples have more tokens than there are, so that rows of the table are summed over several.
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives(string device)
        => OperatorCheck.PassesOnData(device, new(new Embedding("e", new Shape(2, 4), Vocabulary, Width), (x, w) =>
            [.. x[0].SelectMany(token => w[0].AsSpan((int)token * Width, Width).ToArray())])
        {
            Inputs = (random, count) => [.. Enumerable.Range(0, count).Select(_ => (double)random.Next(Vocabulary))],
        });

    public static TheoryData<string, double> NoTokens
        => [.. from device in TestDevices.Names
               from token in (double[])[-1, Vocabulary, 1.5, double.NaN, double.PositiveInfinity]
               select (device.Data, token)];

    [Theory]
    [MemberData(nameof(NoTokens))]
    public void What_is_no_token_is_refused(string device, double token)
    {
        Network network = new NetworkBuilder(new Shape(2)).Embedding("e", Vocabulary, Width).MeanSquaredLoss().Build();
        using var plan = new Plan<float>(network, TestDevices.Get(device), new PlanBudget(1, 0));
        plan.SetParameters(new float[Vocabulary * Width]);
        var samples = new ArraySamples([0, 4, 2, token], new double[4 * Width], [1, 1]);
        string message = Assert.Throws<NetworkException>(() => Gradient.Compute(plan, samples, new double[Vocabulary * Width])).Message;
        Assert.StartsWith(
            $"Sample 1 has {(float)token:R} at element 1, but the network takes tokens, whole numbers 0 to 4;", message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_computed_is_no_token()
        => Assert.Contains(
            "Embedding e takes tokens and must take the network's input",
            Assert.Throws<NetworkException>(
                () => new NetworkBuilder(new Shape(2)).Bias("b").Embedding("e", Vocabulary, Width).MeanSquaredLoss().Build()).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Tokens_that_single_precision_does_not_tell_apart_are_refused()
        => Assert.Contains(
            "16777217 tokens",
            Assert.Throws<NetworkException>(() => new Embedding("e", new Shape(1), 16777217, 1)).Message,
            StringComparison.Ordinal);
}
