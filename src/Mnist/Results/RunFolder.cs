using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Curvature;
using BasinVolume.Interop;
using BasinVolume.Interop.Arrays;
using BasinVolume.Interop.Weights;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Data;
using BasinVolume.Mnist.Landscapes;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Training;

namespace BasinVolume.Mnist.Results;

/// <summary>The folder of one run and the names of the files in it.</summary>
public sealed class RunFolder
{
    private const string IndicesName = "indices.npy";

    private readonly OutputFolder _output;
    private readonly RunKind _kind;

    /// <summary>The place of a run in a folder; nothing is written before it begins.</summary>
    /// <param name="output">The folder.</param>
    /// <param name="kind">What kind of run it is.</param>
    /// <exception cref="OutputException">A run of the same kind is in the folder, and is to be kept.</exception>
    public RunFolder(OutputFolder output, RunKind kind)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.CheckKept(kind);
        (_output, _kind) = (output, kind);
    }

    /// <summary>Where it is.</summary>
    public string FullPath => _output.FullPath;

    /// <summary>Where the run's result is once it is finished.</summary>
    public string ResultFile => Path.Combine(FullPath, _kind.ResultName);

    /// <summary>Where the run's log is, or was when the run was finished; null before it begins.</summary>
    public string? LogFile => _output.IsTaken ? PathOf(_kind.LogName) : null;

    /// <summary>Where a page finds the run's documents, those that are still to be published first.</summary>
    internal IReadOnlyList<string> Places => [_output.Unfinished, FullPath];

    /// <summary>Takes the folder, once all inputs are checked: better before the work than after it.</summary>
    /// <exception cref="OutputException">It cannot be made or written to, another process writes to it, or there is a run in it that is to be kept.</exception>
    public void Begin() => _output.Take(_kind);

    /// <summary>Where a file of this run is written.</summary>
    /// <exception cref="DataException">No file can have that name.</exception>
    public string PathOf(string name) => NamedFile.In(_output.Unfinished, name);

    /// <summary>The run's result, with what it wrote so far under <c>files</c>: the mark of a finished run.</summary>
    /// <param name="document">The result.</param>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public void WriteResult(object document)
    {
        JsonObject result = JsonFile.ObjectOf(document);
        result["files"] = JsonFile.NodeOf(Manifest.Of(_output.Unfinished, except: _kind.LogName).Files);
        JsonFile.Write(PathOf(_kind.ResultName), result);
    }

    /// <summary>Puts the finished run in its place, instead of an earlier one.</summary>
    /// <exception cref="OutputException">A file cannot be moved.</exception>
    public void Publish() => OutputException.Guard(FullPath, () => Publication.Publish(FullPath, _kind));

    /// <summary>The place of another run in the same folder, which begins after this one is published.</summary>
    public RunFolder ForAnother(RunKind kind) => new(_output, kind);

    /// <summary>Whether a folder holds a run with models that was killed, failed or was interrupted.</summary>
    internal static bool HoldsUnfinished(string folder)
        => File.Exists(Path.Combine(OutputFolder.UnfinishedOf(folder), RunKind.Models.LogName)) || (File.Exists(Path.Combine(folder, RunKind.Models.LogName)) && !Path.Exists(Path.Combine(folder, RunKind.Models.ResultName)));

    /// <summary>indices.npy: the training images used, int64.</summary>
    public void WriteIndices(int[] indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        Npy.Write<long>(PathOf(IndicesName), [indices.Length], Array.ConvertAll(indices, index => (long)index));
    }

    /// <summary>
    /// The weights in float64, in every form that other programs take: weights-MODEL/ with one .npy a tensor, weights-MODEL.npz with the same arrays, weights-MODEL.pt, a state_dict for PyTorch, and
    /// weights-MODEL.safetensors, which says in its metadata how pixels became inputs.
    /// </summary>
    public void WriteWeights(string model, IReadOnlyList<TensorShape> tensors, double[] values, Normalization normalization)
    {
        TensorFolder.Write<double>(PathOf($"weights-{model}"), tensors, values);
        Npz.Write<double>(PathOf($"weights-{model}.npz"), tensors, values);
        TorchCheckpoint.Write<double>(PathOf($"weights-{model}.pt"), tensors, values);
        SafeTensors.Write<double>(PathOf($"weights-{model}.safetensors"), tensors, values, NormalizationMetadata.Of(normalization));
    }

    /// <summary>network-MODEL.json: the description of a network that is none of the ready-made ones, so that the folder needs nothing outside to be used again.</summary>
    public void WriteNetwork(ChosenModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (!ModelCatalog.IsDescription(model.Spelling))
            return;
        byte[] description = ModelCatalog.ReadDescription(model.Spelling);
        AtomicFile.Write(NetworkFileOf(_output.Unfinished, model.Name), stream => stream.Write(description));
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

    /// <summary>Whether a file is one that a run has before it has found anything: its log, and copies of what it was given.</summary>
    internal static bool IsBeginning(string name) => name == IndicesName || name.StartsWith("network-", StringComparison.Ordinal) || RunKind.All.Any(kind => kind.LogName == name);

    /// <summary>Where the description of a model's network is, if the run left one.</summary>
    internal static string NetworkFileOf(string folder, string model) => NamedFile.In(folder, $"network-{model}.json");

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
