using System.Collections.Immutable;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Basins.Landscapes;
using BasinVolume.Basins.Weights;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Densities;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Structure;
using BasinVolume.Curvature.Volumes.Estimated;
using BasinVolume.Interop;
using BasinVolume.Interop.Arrays;
using BasinVolume.Interop.Weights;
using BasinVolume.Kernels;
using BasinVolume.Report.Findings;
using BasinVolume.Report.Records;

namespace BasinVolume.Report.Runs;

/// <summary>
/// Writes what a job finds into its folder, each file as soon as there is something to write, in forms that NumPy, PyTorch and spreadsheets read.
/// </summary>
/// <param name="folder">The run's folder.</param>
public sealed class RunFiles(RunFolder folder) : IFindings
{
    /// <inheritdoc/>
    public void Begin() => folder.Begin();

    /// <summary>indices.npy: the training images used, int64.</summary>
    public void Indices(int[] indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        Npy.Write<long>(folder.PathOf(RunFolder.IndicesName), [indices.Length], Array.ConvertAll(indices, index => (long)index));
    }

    /// <summary>
    /// network-MODEL.json or .onnx: the description of a network that is none of the ready-made ones, so that the folder needs nothing outside to be used
    /// again.
    /// </summary>
    public void Description(string model, string ending, byte[] description)
        => AtomicFile.Write(folder.PathOf(RunFolder.NetworkNameOf(model, ending)), stream => stream.Write(description));

    /// <summary>
    /// training-MODEL.csv: a row for each step, with the batch's mean loss before it; the last step of an epoch has what the test after it found.
    /// </summary>
    public void Training(string model, TrainingRecord training)
    {
        ArgumentNullException.ThrowIfNull(training);
        CsvFile.Write(
            folder.PathOf($"training-{model}.csv"),
            ["epoch", "batch", "learning_rate", "loss", "test_loss", "test_correct", "test_total"],
            training.Epochs.SelectMany(epoch => RowsOf(epoch, training)));
    }

    /// <summary>
    /// The weights in float64, in every form that other programs take: weights-MODEL/ with one .npy a tensor, weights-MODEL.npz with the same arrays,
    /// weights-MODEL.pt, a state_dict for PyTorch, and weights-MODEL.safetensors, which has the metadata.
    /// </summary>
    public void Weights(string model, Network network, double[] weights, IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(network);
        (ImmutableArray<TensorShape> tensors, double[] values) = NetworkTensors.WithCopies(network, weights);
        WeightFile.WriteAll(folder.PathOf(RunFolder.WeightsNameOf(model)), tensors, values, metadata);
    }

    /// <summary>The same as weights-MODEL-converged.</summary>
    public void MovedWeights(string model, Network network, double[] weights, IReadOnlyDictionary<string, string> metadata)
        => Weights($"{model}-converged", network, weights, metadata);

    /// <summary>
    /// hessian-MODEL.npy: [n, n], float64. gradient-MODEL.npy: float64. parameters-MODEL.csv: which rows of the Hessian belong to which tensor;
    /// the elements of a tensor follow each other with the last dimension running fastest, as in PyTorch.
    /// </summary>
    public void Hessian(string model, Network network, Hessian hessian)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(hessian);
        Npy.Write<double>(folder.PathOf($"hessian-{model}.npy"), [hessian.Matrix.Rows, hessian.Matrix.Columns], hessian.Matrix.Values);
        Gradient(model, network, hessian.Gradient);
    }

    /// <summary>gradient-MODEL.npy, float64, and parameters-MODEL.csv.</summary>
    public void Gradient(string model, Network network, double[] gradient)
    {
        ArgumentNullException.ThrowIfNull(network);
        WriteParameterMap(model, network.Parameters);
        WriteVector($"gradient-{model}.npy", gradient);
    }

    /// <summary>
    /// eigenpairs-MODEL.npy: [pairs, 4], float64, ascending: value, residual, and both ends of the interval that an eigenvalue lies in.
    /// eigenvectors-MODEL.npy: [n, pairs], float64, their vectors, each a column of length 1.
    /// </summary>
    public void Eigenpairs(string model, RitzPairs pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        Npy.Write<double>(
            folder.PathOf($"eigenpairs-{model}.npy"),
            [pairs.Pairs.Length, 4],
            pairs.Pairs.SelectMany(pair => (double[])[pair.Value, pair.Residual, pair.Interval.Low, pair.Interval.High]).ToArray());
        Matrix columns = pairs.Vectors.Transpose();
        Npy.Write<double>(folder.PathOf($"eigenvectors-{model}.npy"), [columns.Rows, columns.Columns], columns.Values);
    }

    /// <summary>NAME.npy of each array of a part, float64: what <c>merge</c> goes on with.</summary>
    public void Part(PartArray numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        Npy.Write<double>(folder.PathOf($"{numbers.Name}.npy"), numbers.Shape, numbers.Values);
    }

    /// <summary>eigenvalues-MODEL.npy: ascending, float64.</summary>
    public void Spectrum(string model, Network network, Hessian hessian, SolvedSpectrum solved)
    {
        ArgumentNullException.ThrowIfNull(solved);
        WriteVector($"eigenvalues-{model}.npy", solved.Spectrum.Eigenvalues.AsSpan());
    }

    /// <summary>
    /// eigenvalues.npy: ascending, float64. eigenvectors.npy, where there are any: [n, count], float64, an eigenvector a column, in ascending order of their
    /// eigenvalues.
    /// </summary>
    public void Spectrum(string name, SolvedSpectrum solved, Range wanted)
    {
        ArgumentNullException.ThrowIfNull(solved);
        WriteVector("eigenvalues.npy", solved.Spectrum.Eigenvalues.AsSpan()[wanted]);
        if (!solved.Pairs.IsEmpty)
            WriteEigenvectors(solved.Pairs);
    }

    /// <summary>
    /// distribution-MODEL.npy: [points, 3], float64: a number, and between what the count of eigenvalues at or below it lies; the same as
    /// distribution-MODEL.csv. density-MODEL.csv: the smoothed picture.
    /// </summary>
    public void Distribution(string model, SpectralDistribution distribution, SmoothedDensity density)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        ArgumentNullException.ThrowIfNull(density);
        double[][] rows = [.. distribution.Points.Select(point => (double[])[point.X, point.Count.Interval.Low, point.Count.Interval.High])];
        Npy.Write<double>(folder.PathOf($"distribution-{model}.npy"), [rows.Length, 3], rows.SelectMany(row => row).ToArray());
        CsvFile.Write(
            folder.PathOf($"distribution-{model}.csv"), ["eigenvalue", "at_least", "at_most"], rows.Select(row => row.Cast<object?>().ToArray()));
        CsvFile.Write(
            folder.PathOf($"density-{model}.csv"),
            ["eigenvalue", "eigenvalues_per_unit"],
            density.Grid.Zip(density.Density, (x, y) => (object?[])[x, y]));
    }

    /// <summary>
    /// quadratures-MODEL.npy: [probes, 2, steps], float64: of the recurrence of each random direction the diagonal α, and β beside it, whose last one is what
    /// it would have gone on with; NaN where a recurrence ended sooner. Nodes are the eigenvalues of the tridiagonal matrix, and weights the squares of the
    /// first elements of its eigenvectors.
    /// </summary>
    public void Quadratures(string model, ProbeQuadratures quadratures)
    {
        ArgumentNullException.ThrowIfNull(quadratures);
        WriteRecurrences($"quadratures-{model}.npy", quadratures.Probes);
    }

    /// <summary>gradient-quadratures-MODEL.npy: [2, 2, steps], the same of the gradient, and of the gradient that the quadratic has at 0.</summary>
    public void GradientQuadratures(string model, VectorMeasure atWeights, VectorMeasure atOrigin)
    {
        ArgumentNullException.ThrowIfNull(atWeights);
        ArgumentNullException.ThrowIfNull(atOrigin);
        WriteRecurrences($"gradient-quadratures-{model}.npy", [atWeights.Measure, atOrigin.Measure]);
    }

    /// <summary>directions.npy: [directions, n], float64, each of length 1.</summary>
    public void Directions(ImmutableArray<Direction> directions)
        => Npy.Write<double>(
            folder.PathOf("directions.npy"),
            [directions.Length, directions.IsEmpty ? 0 : directions[0].Vector.Length],
            directions.SelectMany(direction => direction.Vector).ToArray());

    /// <summary>lines.npy: [directions, points, 3], float64: place, loss, quadratic model.</summary>
    public void Lines(string model, ImmutableArray<LossLine> lines)
        => Npy.Write<double>(
            folder.PathOf("lines.npy"),
            [lines.Length, lines.IsEmpty ? 0 : lines[0].Places.Length, 3],
            lines.SelectMany(line => Enumerable.Range(0, line.Places.Length).SelectMany(i => (double[])[line.Places[i], line.Losses[i], line.Quadratic[i]]))
                .ToArray());

    /// <summary>plane.npy: [up, across], float64: the loss.</summary>
    public void Plane(string model, LossPlane plane)
    {
        ArgumentNullException.ThrowIfNull(plane);
        Npy.Write<double>(folder.PathOf("plane.npy"), [plane.Losses.Rows, plane.Losses.Columns], plane.Losses.Values);
    }

    /// <summary>parameters-MODEL.csv.</summary>
    internal void WriteParameterMap(string model, IEnumerable<Parameter> parameters)
        => CsvFile.Write(
            folder.PathOf($"parameters-{model}.csv"),
            ["tensor", "shape", "first_row", "rows"],
            parameters.Select(parameter => (object?[])[parameter.Name, string.Join('x', parameter.Shape.Dimensions), parameter.Offset, parameter.Size]));

    // A vector 0 has no recurrence.
    private void WriteRecurrences(string name, IReadOnlyList<SpectralQuadrature?> recurrences)
    {
        int steps = recurrences.Select(recurrence => recurrence?.Nodes.Length ?? 0).DefaultIfEmpty(0).Max();
        double[] values = new double[recurrences.Count * 2 * steps];
        Array.Fill(values, double.NaN);
        for (int row = 0; row < recurrences.Count; row++)
        {
            recurrences[row]?.Alphas.CopyTo(values, 2 * row * steps);
            recurrences[row]?.Betas.CopyTo(values, ((2 * row) + 1) * steps);
        }

        Npy.Write<double>(folder.PathOf(name), [recurrences.Count, 2, steps], values);
    }

    private void WriteVector(string name, ReadOnlySpan<double> values) => Npy.Write(folder.PathOf(name), [values.Length], values);

    private void WriteEigenvectors(ImmutableArray<Eigenpairs> stretches)
    {
        Matrix rows = new(stretches.Sum(pairs => pairs.Count), stretches[0].Vectors.Columns, [.. stretches.SelectMany(pairs => pairs.Vectors.Values)]);
        Matrix columns = rows.Transpose();
        Npy.Write<double>(folder.PathOf("eigenvectors.npy"), [columns.Rows, columns.Columns], columns.Values);
    }

    private static IEnumerable<object?[]> RowsOf(EpochRecord epoch, TrainingRecord training)
    {
        int batches = training.StepLosses.Length / training.Epochs.Length;
        for (int batch = 1; batch <= batches; batch++)
        {
            EpochRecord? test = batch == batches ? epoch : null;
            double loss = training.StepLosses[((epoch.Epoch - 1) * batches) + batch - 1];
            yield return [epoch.Epoch, batch, epoch.LearningRate, loss, test?.TestLoss, test?.TestCorrect, test?.TestTotal];
        }
    }
}
