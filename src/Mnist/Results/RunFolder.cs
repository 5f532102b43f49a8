using System.Collections.Immutable;
using BasinVolume.Curvature;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Formats;

namespace BasinVolume.Mnist.Results;

/// <summary>The folder of one run and the names of the files in it.</summary>
public sealed class RunFolder
{
    private readonly string _logName;

    private RunFolder(string path, string logName) => (FullPath, _logName) = (path, logName);

    /// <summary>Where it is.</summary>
    public string FullPath { get; }

    /// <summary>Where the run's log is.</summary>
    public string LogFile => PathOf(_logName);

    /// <summary>Where the run's result is.</summary>
    public string ResultFile => PathOf("result.json");

    /// <summary>Makes the folder, or takes an existing one, and makes sure that files can be written to it: better now than after the work.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="logName">What the run's log is called there; a job that reads a run's folder has a log of its own, so that both may use the same folder.</param>
    /// <exception cref="OutputException">It cannot be made or written to.</exception>
    public static RunFolder Open(string path, string logName = "run.log")
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var folder = new RunFolder(Path.GetFullPath(path), logName);
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
    public void WriteEigenvalues(string model, ReadOnlySpan<double> eigenvalues)
        => Npy.Write(PathOf($"eigenvalues-{model}.npy"), [eigenvalues.Length], eigenvalues);

    /// <summary>eigenvalues.npy, of a matrix that is no model's: ascending, float64.</summary>
    public void WriteEigenvalues(ReadOnlySpan<double> eigenvalues) => Npy.Write(PathOf("eigenvalues.npy"), [eigenvalues.Length], eigenvalues);

    /// <summary>eigenvectors.npy: [n, count], float64, an eigenvector a column, in ascending order of their eigenvalues.</summary>
    /// <param name="stretches">Eigenpairs in ascending stretches.</param>
    public void WriteEigenvectors(ImmutableArray<Eigenpairs> stretches)
    {
        Matrix rows = new(stretches.Sum(pairs => pairs.Count), stretches[0].Vectors.Columns, [.. stretches.SelectMany(pairs => pairs.Vectors.Values)]);
        Matrix columns = rows.Transpose();
        Npy.Write<double>(PathOf("eigenvectors.npy"), [columns.Rows, columns.Columns], columns.Values);
    }
}
