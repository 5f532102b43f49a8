using System.Collections.Immutable;
using BasinVolume.Autodiff;
using BasinVolume.Curvature;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Formats;
using BasinVolume.Mnist.Landscapes;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Training;

namespace BasinVolume.Mnist.Results;

/// <summary>The folder of one run and the names of the files in it.</summary>
public sealed class RunFolder
{
    private readonly RunKind _kind;

    private RunFolder(string path, RunKind kind) => (FullPath, _kind) = (path, kind);

    /// <summary>Where it is.</summary>
    public string FullPath { get; }

    /// <summary>Where the run's log is.</summary>
    public string LogFile => PathOf(_kind.LogName);

    /// <summary>Where the run's result is.</summary>
    public string ResultFile => PathOf(_kind.ResultName);

    /// <summary>Makes the folder, or takes an existing one, and makes sure that files can be written to it: better now than after the work.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="kind">What kind of job it is for; one of another kind may have left its files in the same folder.</param>
    /// <param name="earlier">What becomes of a run of the same kind that is there already. An overwritten one loses its result at once, so that the folder never says what its files no longer hold.</param>
    /// <exception cref="OutputException">It cannot be made or written to, or there is a run in it that is to be kept.</exception>
    public static RunFolder Open(string path, RunKind kind, EarlierRun earlier)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(kind);
        var folder = new RunFolder(Path.GetFullPath(path), kind);
        if (earlier == EarlierRun.Keep && (File.Exists(folder.LogFile) || File.Exists(folder.ResultFile)))
            throw new OutputException($"{path} holds a run already (its {kind.LogName} or {kind.ResultName} is there), which is never overwritten without being asked; choose another folder with --out, or overwrite it with --force.");
        AtomicFile.Write(folder.LogFile, _ => { });
        File.Delete(folder.ResultFile);
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

    /// <summary>
    /// The weights in float64, in every form that other programs take: weights-MODEL/ with one .npy a tensor, weights-MODEL.npz with the same arrays, weights-MODEL.pt, a state_dict for PyTorch, and
    /// weights-MODEL.safetensors.
    /// </summary>
    public void WriteWeights(string model, IReadOnlyList<TensorShape> tensors, double[] values)
    {
        TensorFolder.Write<double>(PathOf($"weights-{model}"), tensors, values);
        Npz.Write<double>(PathOf($"weights-{model}.npz"), tensors, values);
        TorchCheckpoint.Write<double>(PathOf($"weights-{model}.pt"), tensors, values);
        SafeTensors.Write<double>(PathOf($"weights-{model}.safetensors"), tensors, values);
    }

    /// <summary>network-MODEL.json: the description of a network that is none of the ready-made ones, so that the folder needs nothing outside to be used again.</summary>
    public void WriteNetwork(ChosenModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (!ModelCatalog.IsDescription(model.Spelling))
            return;
        byte[] description = File.ReadAllBytes(model.Spelling);
        AtomicFile.Write(NetworkFileOf(FullPath, model.Name), stream => stream.Write(description));
    }

    /// <summary>training-MODEL.csv: a row for each step, with the batch's mean loss before it; the last step of an epoch has what the test after it found.</summary>
    public void WriteTraining(string model, TrainingHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        CsvFile.Write(PathOf($"training-{model}.csv"), ["epoch", "batch", "learning_rate", "loss", "test_loss", "test_correct", "test_total"], history.Epochs.SelectMany(epoch => RowsOf(epoch, history)));
    }

    /// <summary>parameters-MODEL.csv: which rows of the Hessian belong to which tensor. The elements of a tensor follow each other with the last dimension running fastest, as in PyTorch.</summary>
    public void WriteParameterMap(string model, IEnumerable<Parameter> parameters)
        => CsvFile.Write(
            PathOf($"parameters-{model}.csv"),
            ["tensor", "shape", "first_row", "rows"],
            parameters.Select(parameter => (object?[])[parameter.Name, string.Join('x', parameter.Shape.Dimensions), parameter.Offset, parameter.Size]));

    /// <summary>hessian-MODEL.npy: [n, n], float64.</summary>
    public void WriteHessian(string model, Matrix hessian)
    {
        ArgumentNullException.ThrowIfNull(hessian);
        Npy.Write<double>(PathOf($"hessian-{model}.npy"), [hessian.Rows, hessian.Columns], hessian.Values);
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

    /// <summary>directions.npy: [directions, n], float64, each of length 1.</summary>
    public void WriteDirections(ImmutableArray<Direction> directions)
        => Npy.Write<double>(PathOf("directions.npy"), [directions.Length, directions.IsEmpty ? 0 : directions[0].Vector.Length], directions.SelectMany(direction => direction.Vector).ToArray());

    /// <summary>lines.npy: [directions, points, 3], float64: place, loss, quadratic model.</summary>
    public void WriteLines(ImmutableArray<LossLine> lines)
        => Npy.Write<double>(
            PathOf("lines.npy"),
            [lines.Length, lines.IsEmpty ? 0 : lines[0].Places.Length, 3],
            lines.SelectMany(line => Enumerable.Range(0, line.Places.Length).SelectMany(i => (double[])[line.Places[i], line.Losses[i], line.Quadratic[i]])).ToArray());

    /// <summary>plane.npy: [up, across], float64: the loss.</summary>
    public void WritePlane(LossPlane plane)
    {
        ArgumentNullException.ThrowIfNull(plane);
        Npy.Write<double>(PathOf("plane.npy"), [plane.Losses.Rows, plane.Losses.Columns], plane.Losses.Values);
    }

    /// <summary>Where the description of a model's network is, if the run left one.</summary>
    internal static string NetworkFileOf(string folder, string model) => Path.Combine(folder, $"network-{model}.json");

    private static IEnumerable<object?[]> RowsOf(EpochResult epoch, TrainingHistory history)
    {
        int batches = history.StepLosses.Length / history.Epochs.Length;
        for (int batch = 1; batch <= batches; batch++)
        {
            Evaluation? test = batch == batches ? epoch.Test : null;
            yield return [epoch.Epoch, batch, epoch.LearningRate, history.StepLosses[((epoch.Epoch - 1) * batches) + batch - 1], test?.Loss, test?.Correct, test?.Total];
        }
    }
}
