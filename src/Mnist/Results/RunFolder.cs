using BasinVolume.Kernels;
using BasinVolume.Mnist.Formats;

namespace BasinVolume.Mnist.Results;

/// <summary>The folder of one run and the names of the files in it.</summary>
public sealed class RunFolder
{
    private RunFolder(string path) => FullPath = path;

    /// <summary>Where it is.</summary>
    public string FullPath { get; }

    /// <summary>Where the run's log is.</summary>
    public string LogFile => PathOf("run.log");

    /// <summary>Where the run's result is.</summary>
    public string ResultFile => PathOf("result.json");

    /// <summary>Makes the folder, or takes an existing one, and makes sure that files can be written to it: better now than after the work.</summary>
    /// <exception cref="OutputException">It cannot be made or written to.</exception>
    public static RunFolder Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var folder = new RunFolder(Path.GetFullPath(path));
        AtomicFile.Write(folder.LogFile, _ => { });
        return folder;
    }

    /// <summary>Where a file of this run is.</summary>
    public string PathOf(string name) => Path.Combine(FullPath, name);

    /// <summary>indices.npy: the training images used, int64.</summary>
    public void WriteIndices(int[] indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        Npy.Write<long>(PathOf("indices.npy"), [indices.Length], Array.ConvertAll(indices, index => (long)index));
    }

    /// <summary>weights-MODEL/: one .npy a tensor, float64.</summary>
    public void WriteWeights(string model, IReadOnlyList<TensorShape> tensors, double[] values)
        => TensorFolder.Write<double>(PathOf($"weights-{model}"), tensors, values);

    /// <summary>hessian-MODEL.npy: [n, n], float64.</summary>
    public void WriteHessian(string model, Matrix hessian)
    {
        ArgumentNullException.ThrowIfNull(hessian);
        Npy.Write<double>(PathOf($"hessian-{model}.npy"), [hessian.Rows, hessian.Columns], hessian.Values);
        HeatMap.Write(PathOf($"hessian-{model}.png"), hessian);
    }

    /// <summary>gradient-MODEL.npy: float64.</summary>
    public void WriteGradient(string model, double[] gradient)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        Npy.Write<double>(PathOf($"gradient-{model}.npy"), [gradient.Length], gradient);
    }

    /// <summary>eigenvalues-MODEL.npy: ascending, float64.</summary>
    public void WriteEigenvalues(string model, double[] eigenvalues)
    {
        ArgumentNullException.ThrowIfNull(eigenvalues);
        Npy.Write<double>(PathOf($"eigenvalues-{model}.npy"), [eigenvalues.Length], eigenvalues);
    }
}
