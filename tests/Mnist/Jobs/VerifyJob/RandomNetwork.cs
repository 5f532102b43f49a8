using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Descriptions;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;

namespace BasinVolume.Mnist.Tests.Jobs.VerifyJob;

/// <summary>A small network of some kind with samples of its own, all from a seed, trained until it is sure of them.</summary>
/// <param name="Description">The network as JSON.</param>
/// <param name="Inputs">A sample a row.</param>
/// <param name="Labels">A class each.</param>
/// <param name="Parameters">The weights.</param>
internal sealed record RandomNetwork(string Description, Matrix Inputs, int[] Labels, double[] Parameters)
{
    private const int MostDraws = 10;
    private const int MostSteps = 20_000;
    private static readonly string[] Activations = ["relu", "tanh", "sigmoid", "softplus", "silu", "gelu", "leaky-relu", "gelu-tanh"];

    /// <summary>The network.</summary>
    public Network Network { get; } = NetworkDescription.Parse(Description, "a random network");

    /// <summary>The samples, each with the weight 1/N.</summary>
    public MatrixSamples Samples => new(Inputs, Labels);

    /// <summary>
    /// Softmax regression, one or two hidden layers, or a convolution with a pool, with an activation that the seed chooses, at a loss below
    /// <paramref name="loss"/>.
    /// </summary>
    /// <remarks>A draw that does not learn its samples (its units died) is followed by another.</remarks>
    public static RandomNetwork Trained(int seed, double loss, Device device)
        => Enumerable.Range(0, MostDraws).Select(draw => Draw(seed, new Random(seed + (draw << 16)), loss, device)).OfType<RandomNetwork>().First();

    private static RandomNetwork? Draw(int seed, Random random, double loss, Device device)
    {
        int classes = random.Next(2, 6), samples = random.Next(6, 21);
        string description = seed % 4 == 3 ? Images(random, classes) : Vectors(random, seed % 4, classes);
        Network network = NetworkDescription.Parse(description, "a random network");
        var inputs = new Matrix(samples, network.Input.Size, [.. Enumerable.Range(0, samples * network.Input.Size).Select(_ => Normal(random))]);
        // A feature that tells the classes apart, or a regression could not learn its samples.
        int[] labels = [.. Enumerable.Range(0, samples).Select(s => s % classes)];
        for (int s = 0; s < samples; s++)
            inputs[s, labels[s]] += 4;
        double[] parameters = [.. Enumerable.Range(0, network.ParameterCount).Select(_ => 0.5 * Normal(random))];
        return Learns(network, device, new MatrixSamples(inputs, labels), parameters, loss) ? new(description, inputs, labels, parameters) : null;
    }

    private static string Vectors(Random random, int hidden, int classes)
    {
        var layers = new List<string>();
        for (int layer = 0; layer < hidden; layer++)
            layers.Add(FormattableString.Invariant(
                $$"""{ "type": "linear", "name": "h{{layer}}", "outputs": {{random.Next(3, 7)}} }, { "type": "{{Activation(random)}}" }"""));
        layers.Add(FormattableString.Invariant(
            $$"""{ "type": "linear", "name": "out", "outputs": {{classes}}, "bias": {{(random.Next(2) == 0 ? "true" : "false")}} }"""));
        return FormattableString.Invariant(
            $$"""{ "input": [{{random.Next(classes, 9)}}], "layers": [{{string.Join(", ", layers)}}, { "type": "softmax-loss" }] }""");
    }

    private static string Images(Random random, int classes)
    {
        string pool = random.Next(2) == 0 ? "max-pool" : "average-pool";
        return FormattableString.Invariant($$"""
            { "input": [1, 6, 6], "layers": [
              { "type": "convolution", "name": "conv", "channels": {{random.Next(1, 3)}}, "kernel": 3 }, { "type": "{{Activation(random)}}" },
              { "type": "{{pool}}", "size": 2 }, { "type": "flatten" },
              { "type": "linear", "name": "out", "outputs": {{classes}} }, { "type": "softmax-loss" }] }
            """);
    }

    private static string Activation(Random random) => Activations[random.Next(Activations.Length)];

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    // Adam (Kingma and Ba 2015), whose steps do not shrink with the gradient.
    private static bool Learns(Network network, Device device, MatrixSamples samples, double[] parameters, double loss)
    {
        using var plan = new Plan<double>(network, device);
        double[] gradient = new double[parameters.Length], mean = new double[parameters.Length], square = new double[parameters.Length];
        for (int step = 1; step <= MostSteps; step++)
        {
            plan.SetParameters(parameters);
            if (Gradient.Compute(plan, samples, gradient) < loss)
                return true;
            for (int i = 0; i < parameters.Length; i++)
            {
                mean[i] = (0.9 * mean[i]) + (0.1 * gradient[i]);
                square[i] = (0.99 * square[i]) + (0.01 * gradient[i] * gradient[i]);
                parameters[i] -= 0.05 * mean[i] / (1 - Math.Pow(0.9, step)) / (Math.Sqrt(square[i] / (1 - Math.Pow(0.99, step))) + 1e-30);
            }
        }

        return false;
    }
}
