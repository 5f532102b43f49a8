using BasinVolume.Autodiff.Networks;
using BasinVolume.Basins;
using BasinVolume.Curvature.Groups;
using BasinVolume.Interop;
using BasinVolume.Interop.Arrays;
using BasinVolume.Kernels;
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
        => options.RunFolder is { } folder ? OfRun(RunModel.Read(folder, options.Name), options) : OfFile(options.HessianFile!, options);

    private static SpectrumSource OfFile(string file, SpectrumOptions options)
        => new(file, file, SymmetricMatrix.Read(file, options.Exactness, MemoryBudget.MatricesOfASpectrum), [], [], []);

    private SpectrumSource OfRun(RunModel model, SpectrumOptions options)
    {
        if (options.Name is null && model.All.Length > 1)
            view.Say($"{model.Name}, the first model of {Printable.List(model.All)}; --name chooses another");
        SymmetricMatrix hessian = SymmetricMatrix.OfRun(model, options.Exactness.ZeroTolerance, MemoryBudget.MatricesOfASpectrum);
        double[] gradient = Npy.Read(model.GradientFile).AsDoubles();
        int order = model.Tensors.Sum(tensor => tensor.Size);
        if (hessian.Matrix.Rows != order || gradient.Length != order)
            throw new DataException(
                $"{model.Folder} does not fit together: result.json has {order} parameters, the Hessian {hessian.Matrix.Rows} rows and the gradient "
                + $"{gradient.Length} elements; give the folder as the run left it.");
        Network? network = model.OpenNetwork();
        if (network is null)
            view.Say($"The network '{model.Network}' of the run is not here as it was, so no zeros are known from it");
        return new(
            model.Name,
            model.HessianFile,
            hessian,
            [.. model.Tensors.Select(tensor => new ParameterGroup(tensor.Name, tensor.Offset, tensor.Size))],
            [.. gradient],
            network is null ? [] : NetworkZeros.Of(network, hessian.Matrix, gradient, model.WeightDecay));
    }
}
