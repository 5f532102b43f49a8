using BasinVolume.Autodiff.Networks;

namespace BasinVolume.Benchmarks.Field;

/// <summary>
/// The multiplications and additions that a gradient cannot do without, those of convolutions and linear layers: a matrix of a layer meets each of its output's
/// positions once in the forward pass, once for the adjoint of the matrix, and once for the adjoint of the input, which nobody needs where no parameter comes
/// before.
/// </summary>
internal static class Arithmetic
{
    /// <summary>Of the gradient over so many samples.</summary>
    public static double OfGradient(Network network, int samples)
    {
        var dependent = new bool[network.Values.Length];
        double multiplyAdds = 0;
        for (int n = 0; n < network.Nodes.Length; n++)
        {
            bool behindParameters = network.Nodes[n].Inputs.Any(value => dependent[value]);
            dependent[n + 1] = behindParameters || !network.ParametersOfNodes[n].IsEmpty;
            foreach (Parameter matrix in network.ParametersOfNodes[n].Where(parameter => parameter.Shape.Dimensions.Length > 1))
            {
                double positions = (double)network.Values[n + 1].Size / matrix.Shape.Dimensions[0];
                multiplyAdds += matrix.Size * positions * (behindParameters ? 3 : 2);
            }
        }

        return 2 * multiplyAdds * samples;
    }
}
