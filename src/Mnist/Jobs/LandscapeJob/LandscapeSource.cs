using BasinVolume.Autodiff.Networks;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Matrices;
using BasinVolume.Mnist.Models;
using BasinVolume.Report.Findings;

namespace BasinVolume.Mnist.Jobs.LandscapeJob;

/// <summary>A run's model to second order around its weights.</summary>
/// <param name="Model">What the run says of it.</param>
/// <param name="Network">Its network.</param>
/// <param name="Weights">θ*, [n].</param>
/// <param name="Gradient">g, [n].</param>
/// <param name="Hessian">H, [n, n]; null where it was told by products.</param>
public sealed record LandscapeSource(RunModel Model, Network Network, double[] Weights, double[] Gradient, Matrix? Hessian)
{
    /// <summary>Reads a model of a run.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="name">Which model; null for the first.</param>
    /// <param name="view">Who watches.</param>
    /// <exception cref="DataException">A file is missing, damaged or of another shape, or the network is not here any more.</exception>
    internal static LandscapeSource Read(string folder, string? name, IRunView view)
    {
        RunModel model = RunArrays.Model(folder, name, view);
        Network network = model.OpenNetwork()
            ?? throw new DataException(
                $"The network '{model.Network}' of {folder} is not here as it was, so its loss cannot be computed; put its description back.");
        Matrix? hessian = model.IsByProducts ? null : RunArrays.Hessian(model, zeroTolerance: null, MemoryBudget.MatricesOfASpectrum).Matrix;
        return new(model, network, RunArrays.Weights(model), RunArrays.Gradient(model), hessian);
    }
}
