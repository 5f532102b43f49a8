using BasinVolume.Autodiff.Networks;
using BasinVolume.Basins;
using BasinVolume.Curvature.Groups;
using BasinVolume.Interop;
using BasinVolume.Mnist.Matrices;
using BasinVolume.Mnist.Models;
using BasinVolume.Report.Findings;

namespace BasinVolume.Mnist.Jobs.SpectrumJob;

/// <summary>Reads a matrix and what is known of it: nothing of anyone's, all of a run's.</summary>
/// <param name="view">Who watches.</param>
internal sealed class SourceReader(IRunView view)
{
    /// <summary>Reads what was asked for.</summary>
    /// <exception cref="DataException">A file is missing, damaged or of another shape, or the run has no such model.</exception>
    public SpectrumSource Read(SpectrumOptions options)
        => options.RunFolder is { } folder ? OfRun(RunArrays.Model(folder, options.Name, view), options) : OfFile(options.HessianFile!, options);

    private static SpectrumSource OfFile(string file, SpectrumOptions options)
        => new(file, file, SymmetricMatrix.Read(file, options.Exactness, MemoryBudget.MatricesOfASpectrum), [], [], []);

    private SpectrumSource OfRun(RunModel model, SpectrumOptions options)
    {
        SymmetricMatrix hessian = RunArrays.Hessian(model, options.Exactness.ZeroTolerance, MemoryBudget.MatricesOfASpectrum);
        double[] gradient = RunArrays.Gradient(model);
        Network? network = model.OpenNetwork();
        if (network is null)
            view.Say($"The network '{model.Network}' of the run is not here as it was, so no zeros are known from it");
        return new(
            model.Name,
            model.HessianFile,
            hessian,
            [.. model.Tensors.Select(tensor => new ParameterGroup(tensor.Name, tensor.Offset, tensor.Size))],
            [.. gradient],
            network is null ? [] : NetworkZeros.Of(network, hessian.Matrix, gradient, model.WeightDecay))
        {
            Evaluation = model.Evaluation,
        };
    }
}
