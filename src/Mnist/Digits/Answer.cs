using System.Collections.Immutable;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;

namespace BasinVolume.Mnist.Digits;

/// <summary>What a network's outputs for one sample say.</summary>
/// <param name="Class">The class with the largest output, the first of equals; of one output for two classes the second above the loss's boundary.</param>
/// <param name="Probabilities">
/// A class a number: the softmax of the outputs, or σ of each where they are logits of binary cross-entropy; null for a network that ends in mean squares,
/// whose outputs are no logits.
/// </param>
public sealed record Answer(int Class, ImmutableArray<double>? Probabilities)
{
    /// <summary>Reads outputs.</summary>
    /// <param name="outputs">One a class, or one for two classes.</param>
    /// <param name="network">The network that gave them.</param>
    public static Answer Of(ReadOnlySpan<double> outputs, Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (outputs.Length == 1)
            return new(outputs[0] > network.Loss.Boundary ? 1 : 0, Sigmoids([-outputs[0], outputs[0]], network));
        int largest = 0;
        for (int i = 1; i < outputs.Length; i++)
            largest = outputs[i] > outputs[largest] ? i : largest;
        return new(largest, network.Loss is SoftmaxLoss ? Softmax(outputs, outputs[largest]) : Sigmoids(outputs, network));
    }

    /// <summary>σ of each output, where these are logits of binary cross-entropy; else null.</summary>
    public static ImmutableArray<double>? Sigmoids(ReadOnlySpan<double> outputs, Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Loss is BinaryCrossEntropyLoss ? [.. outputs.ToArray().Select(Sigmoid)] : null;
    }

    private static double Sigmoid(double logit) => 1 / (1 + Math.Exp(-logit));

    // Against the largest output, so that no exponential overflows.
    private static ImmutableArray<double> Softmax(ReadOnlySpan<double> outputs, double largest)
    {
        double[] exponentials = [.. outputs];
        for (int i = 0; i < exponentials.Length; i++)
            exponentials[i] = Math.Exp(exponentials[i] - largest);
        double sum = exponentials.Sum();
        return [.. exponentials.Select(exponential => exponential / sum)];
    }
}
