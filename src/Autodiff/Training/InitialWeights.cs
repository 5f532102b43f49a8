using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;

namespace BasinVolume.Autodiff.Training;

/// <summary>Where training starts.</summary>
public static class InitialWeights
{
    /// <summary>Weights from N(0, σ²) in the order of the parameters; biases 0, scales 1.</summary>
    /// <param name="network">The network.</param>
    /// <param name="normal">Gives the next standard normal number.</param>
    /// <param name="deviation">σ, at least 0.</param>
    /// <returns>All n parameters.</returns>
    public static double[] Normal(Network network, Func<double> normal, double deviation)
        => Draw(network, normal, _ => deviation);

    /// <summary>
    /// Weights from N(0, 1/F) with the number F of inputs that an output of their layer sums over, so that values keep their size from layer to layer;
    /// biases 0, scales 1.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="normal">Gives the next standard normal number.</param>
    /// <returns>All n parameters.</returns>
    public static double[] NormalByInputs(Network network, Func<double> normal)
        => Draw(network, normal, ByInputs);

    /// <summary>
    /// As PyTorch's modules begin: weights and biases of a linear layer or a convolution are uniform in ±1/√F with the number F of inputs that an output sums
    /// over, embeddings are N(0, 1), scales 1 and other biases 0.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="uniform">Gives the next number of [0, 1): <c>new Random(seed).NextDouble</c>.</param>
    /// <returns>All n parameters.</returns>
    /// <example>
    /// <code>
    /// double[] start = InitialWeights.AsPyTorch(network, new Random(1).NextDouble);
    /// </code>
    /// </example>
    public static double[] AsPyTorch(Network network, Func<double> uniform)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(uniform);
        var weights = new double[network.ParameterCount];
        foreach (Parameter parameter in network.Parameters)
        {
            Span<double> place = weights.AsSpan(parameter.Offset, parameter.Size);
            if (network.Nodes[parameter.Node].Operator is Linear or Convolution)
            {
                double most = ByInputs(network.ParametersOfNodes[parameter.Node][0]);
                Fill(place, () => ((2 * uniform()) - 1) * most);
            }
            else
            {
                Fill(place, parameter.InitialValue is { } value ? () => value : () => BoxMuller(uniform));
            }
        }

        return weights;
    }

    private static double[] Draw(Network network, Func<double> normal, Func<Parameter, double> deviation)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(normal);
        var weights = new double[network.ParameterCount];
        foreach (Parameter parameter in network.Parameters)
        {
            double factor = deviation(parameter);
            Fill(weights.AsSpan(parameter.Offset, parameter.Size), parameter.InitialValue is { } value ? () => value : () => factor * normal());
        }

        return weights;
    }

    private static void Fill(Span<double> place, Func<double> next)
    {
        for (int i = 0; i < place.Length; i++)
            place[i] = next();
    }

    // 1/√F.
    private static double ByInputs(Parameter weight) => Math.Sqrt((double)weight.Shape.Dimensions[0] / weight.Size);

    private static double BoxMuller(Func<double> uniform) => Math.Sqrt(-2 * Math.Log(1 - uniform())) * Math.Cos(2 * Math.PI * uniform());
}
