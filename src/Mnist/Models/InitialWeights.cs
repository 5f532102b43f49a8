using BasinVolume.Autodiff.Networks;
using BasinVolume.Data.Subsets;

namespace BasinVolume.Mnist.Models;

/// <summary>Where training starts.</summary>
public static class InitialWeights
{
    /// <summary>Weights from N(0, σ²) in the order of the parameters, biases 0, as the notebook initialises them; a scale begins with 1.</summary>
    /// <param name="network">The network.</param>
    /// <param name="random">The stream that the weights are drawn from.</param>
    /// <param name="deviation">σ, at least 0.</param>
    /// <returns>All n parameters.</returns>
    public static double[] Draw(Network network, NumpyRandom random, double deviation)
        => Draw(network, random, _ => deviation);

    /// <summary>
    /// Weights from N(0, 1/F) with the number F of inputs that an output of their layer sums over, so that values keep their size from layer to layer;
    /// biases 0, scales 1.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="random">The stream that the weights are drawn from.</param>
    /// <returns>All n parameters.</returns>
    public static double[] DrawByInputs(Network network, NumpyRandom random)
        => Draw(network, random, weight => Math.Sqrt((double)weight.Shape.Dimensions[0] / weight.Size));

    private static double[] Draw(Network network, NumpyRandom random, Func<Parameter, double> deviation)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(random);
        var weights = new double[network.ParameterCount];
        foreach (Parameter parameter in network.Parameters)
        {
            if (parameter.InitialValue is { } value)
            {
                weights.AsSpan(parameter.Offset, parameter.Size).Fill(value);
                continue;
            }

            double factor = deviation(parameter);
            for (int i = 0; i < parameter.Size; i++)
                weights[parameter.Offset + i] = factor * random.NextGaussian();
        }

        return weights;
    }
}
