using BasinVolume.Autodiff;
using BasinVolume.Curvature.Groups;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Curvatures;
using BasinVolume.Mnist.Data;
using BasinVolume.Mnist.Formats;
using BasinVolume.Mnist.Results;

namespace BasinVolume.Mnist.Spectra;

/// <summary>Reads a matrix and what is known of it: nothing of anyone's, all of a run's.</summary>
/// <param name="view">Who watches.</param>
internal sealed class SourceReader(IRunView view)
{
    /// <summary>Reads what was asked for.</summary>
    /// <exception cref="DataException">A file is missing, damaged or of another shape, or the run has no such model.</exception>
    public SpectrumSource Read(SpectrumOptions options) => options.RunFolder is { } folder
        ? OfRun(SavedModel.Read(folder, options.Name), options.Name is null)
        : new(options.HessianFile!, options.HessianFile!, ReadMatrix(options.HessianFile!), options.Precision ?? Precision.Float64, [], [], []);

    private SpectrumSource OfRun(SavedModel model, bool isFirst)
    {
        if (isFirst && model.All.Length > 1)
            view.Say($"{model.Name}, the first model of {string.Join(", ", model.All)}; --name chooses another");
        Matrix hessian = ReadMatrix(model.HessianFile);
        double[] gradient = Npy.Read(model.GradientFile).AsDoubles();
        int order = model.Tensors.Sum(tensor => tensor.Size);
        if (hessian.Rows != order || gradient.Length != order)
            throw new DataException($"{model.Folder} does not fit together: result.json has {order} parameters, the Hessian {hessian.Rows} rows and the gradient {gradient.Length} elements; give the folder as the run left it.");
        Network? network = model.OpenNetwork();
        if (network is null)
            view.Say($"The network '{model.Network}' of the run is not here as it was, so no zeros are known from it");
        return new(
            model.Name,
            model.HessianFile,
            hessian,
            model.Precision,
            [.. model.Tensors.Select(tensor => new ParameterGroup(tensor.Name, tensor.Offset, tensor.Size))],
            [.. gradient],
            network is null ? [] : SpectrumSource.ZerosOf(network, hessian, gradient, model.WeightDecay));
    }

    /// <summary>A square matrix.</summary>
    internal static Matrix ReadMatrix(string path)
    {
        NpyArray array = Npy.Read(path);
        if (array.Shape.Count != 2 || array.Count == 0 || array.Shape[0] != array.Shape[1])
            throw new DataException($"{path} has shape ({string.Join(", ", array.Shape)}) where a square matrix (n, n) with n at least 1 is expected; give a symmetric matrix.");
        return new Matrix(array.Shape[0], array.Shape[1], array.AsDoubles());
    }
}
