using BasinVolume.Autodiff.Networks;
using BasinVolume.Interop;
using BasinVolume.Interop.Arrays;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Matrices;
using BasinVolume.Mnist.Models;

namespace BasinVolume.Mnist.Jobs.LandscapeJob;

/// <summary>A run's model to second order around its weights.</summary>
/// <param name="Model">What the run says of it.</param>
/// <param name="Network">Its network.</param>
/// <param name="Weights">θ*, [n].</param>
/// <param name="Gradient">g, [n].</param>
/// <param name="Hessian">H, [n, n].</param>
public sealed record LandscapeSource(RunModel Model, Network Network, double[] Weights, double[] Gradient, Matrix Hessian)
{
    /// <summary>Reads a model of a run.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="name">Which model; null for the first.</param>
    /// <exception cref="DataException">A file is missing, damaged or of another shape, or the network is not here any more.</exception>
    public static LandscapeSource Read(string folder, string? name)
    {
        RunModel model = RunModel.Read(folder, name);
        Network network = model.OpenNetwork()
            ?? throw new DataException(
                $"The network '{model.Network}' of {folder} is not here as it was, so its loss cannot be computed; put its description back.");
        double[] weights = [.. model.Tensors.SelectMany(tensor => Npy.Read(model.WeightsFileOf(tensor)).AsDoubles())], gradient = Npy.Read(model.GradientFile)
            .AsDoubles();
        Matrix hessian = SymmetricMatrix.OfRun(model, zeroTolerance: null, MemoryBudget.MatricesOfASpectrum).Matrix;
        int n = network.ParameterCount;
        if (weights.Length != n || gradient.Length != n || hessian.Rows != n)
            throw new DataException(
                $"{folder} does not fit together: the network has {n} parameters, the weights {weights.Length}, "
                + $"the gradient {gradient.Length} and the Hessian {hessian.Rows} rows; give the folder as the run left it.");
        return new(model, network, weights, gradient, hessian);
    }
}
