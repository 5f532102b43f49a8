using System.Collections.Immutable;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Densities;
using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Volumes.Estimated;
using BasinVolume.Interop;
using BasinVolume.Interop.Arrays;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;
using BasinVolume.Mnist.Models;
using BasinVolume.Report.Records;

namespace BasinVolume.Mnist.Matrices;

/// <summary>
/// What a finished run by products left of a model's Hessian: recurrences, pairs, trace and known zeros, of which every volume follows without a product, with
/// the bits that the run itself would have given.
/// </summary>
/// <param name="Model">The run's model.</param>
/// <param name="Record">What its document says.</param>
/// <param name="Pairs">The pairs that were deflated, ascending.</param>
/// <param name="Probes">α and β of each random direction.</param>
/// <param name="Gradients">The same of the gradient, and of that of the quadratic at 0; null for a gradient 0.</param>
internal sealed record KeptProducts(
    RunModel Model,
    CurvatureRecord Record,
    ImmutableArray<RitzPair> Pairs,
    ImmutableArray<KeptRecurrence> Probes,
    ImmutableArray<KeptRecurrence?> Gradients)
{
    /// <summary>Where the random directions' recurrences are.</summary>
    public static string FileOf(RunModel model) => NamedFile.In(model.Folder, $"quadratures-{model.Name}.npy");

    private static string GradientFileOf(RunModel model) => NamedFile.In(model.Folder, $"gradient-quadratures-{model.Name}.npy");

    private static string PairsFileOf(RunModel model) => NamedFile.In(model.Folder, $"eigenpairs-{model.Name}.npy");

    private static string VectorsFileOf(RunModel model) => NamedFile.In(model.Folder, $"eigenvectors-{model.Name}.npy");

    /// <summary>Reads it.</summary>
    /// <exception cref="DataException">The run is of another matrix, was stopped too early or kept nothing, or a file is missing or damaged.</exception>
    public static KeptProducts Read(RunModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        CurvatureRecord record = model.Curvature!;
        if (record.Matrix != "hessian" || record.Tensors is not null)
        {
            string other = record.Tensors is null ? "the Gauss-Newton matrix" : "a block of some tensors";
            throw new DataException(
                $"{model.Folder} tells of {other} of {model.Name}, and volumes are of its whole Hessian; "
                + "run 'curvature' again without --matrix and --tensors.");
        }

        if (record is not { Quadratures: { UnitRoundoff: not null, SquaredLength: not null, OriginSquaredLength: not null, OriginRise: not null } })
            throw new DataException(
                $"{model.Folder} keeps no quadratures of {model.Name}, because it was stopped before they were through or is of an earlier version; "
                + $"compute them with 'curvature --weights {model.Folder} --out DIR' and give the folder DIR.");
        ImmutableArray<KeptRecurrence?> gradients = Recurrences(GradientFileOf(model));
        if (gradients.Length != 2)
            throw new DataException($"{GradientFileOf(model)} has {gradients.Length} recurrences where 2 are expected; give the folder as the run left it.");
        ImmutableArray<KeptRecurrence?> probes = Recurrences(FileOf(model));
        if (probes.Any(probe => probe is null))
            throw new DataException($"{FileOf(model)} has a recurrence without a step; give the folder as the run left it.");
        return new(model, record, PairsOf(model, record), [.. probes.Select(probe => probe!.Value)], gradients);
    }

    /// <summary>The loss to second order.</summary>
    /// <param name="gradient">g.</param>
    /// <param name="threads">The team to compute with, now and whenever something is asked of the model.</param>
    /// <exception cref="MatrixException">The numbers do not fit together.</exception>
    public EstimatedModel ToModel(ReadOnlySpan<double> gradient, HostThreads threads)
    {
        QuadraturesRecord kept = Record.Quadratures!;
        var probes = ProbeQuadratures.Kept(
            gradient.Length, kept.UnitRoundoff!.Value, Pairs, Record.KnownZeros ?? 0, [.. Probes.Select(probe => probe.ToQuadrature(threads))], threads);
        double length = EuclideanNorm.Of(gradient);
        return new(Model.Loss, probes, Measure(length * length, Gradients[0]))
        {
            Trace = Record.Trace?.Interval is [{ } low, { } high] ? new Interval(low, high) : null,
            Origin = new(kept.OriginRise!.Value, Measure(kept.OriginSquaredLength!.Value, Gradients[1])),
        };

        VectorMeasure Measure(double square, KeptRecurrence? recurrence) => new(square, recurrence?.ToQuadrature(threads));
    }

    /// <summary>The pairs with their vectors, which take as much memory as so many vectors of weights.</summary>
    /// <param name="order">n.</param>
    /// <exception cref="DataException">The file is missing, damaged or of another shape.</exception>
    public RitzPairs PairsWithVectors(int order) => WithVectors(Model, Record, Pairs, order);

    /// <summary>The same of any run by products; null where they are not of the whole Hessian.</summary>
    /// <param name="model">The run's model.</param>
    /// <param name="order">n.</param>
    /// <exception cref="DataException">A file is missing, damaged or of another shape.</exception>
    public static RitzPairs? PairsOf(RunModel model, int order)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Curvature is { Matrix: "hessian", Tensors: null } record ? WithVectors(model, record, PairsOf(model, record), order) : null;
    }

    private static RitzPairs WithVectors(RunModel model, CurvatureRecord record, ImmutableArray<RitzPair> pairs, int order)
    {
        if (pairs.IsEmpty)
            return new([], new Matrix(0, order), FromBelow: 0, Products: 0, Restarts: 0, Reason: null);
        string file = VectorsFileOf(model);
        NpyArray array = Npy.Read(file);
        if (array.Shape is not [var rows, var columns] || rows != order || columns != pairs.Length || !Array.TrueForAll(array.AsDoubles(), double.IsFinite))
            throw new DataException(
                $"{file} does not hold {pairs.Length} finite vectors of {order} elements, one in each column; give the folder as the run left it.");
        Matrix vectors = new Matrix(order, pairs.Length, array.AsDoubles()).Transpose();
        return new(pairs, vectors, record.Pairs!.FromBelow ?? 0, record.Pairs.Products ?? 0, record.Pairs.Restarts ?? 0, record.Pairs.Reason);
    }

    private static ImmutableArray<RitzPair> PairsOf(RunModel model, CurvatureRecord record)
    {
        if (record.Pairs is not { Found.IsEmpty: false } pairs)
            return [];
        string file = PairsFileOf(model);
        NpyArray array = Npy.Read(file);
        if (array.Shape is not [var count, 4] || count != pairs.Found.Length || !(pairs.FromBelow is >= 0 and var below && below <= count))
            throw new DataException(
                $"{file} has shape ({string.Join(", ", array.Shape)}) where ({pairs.Found.Length}, 4) is expected; give the folder as the run left it.");
        double[] values = array.AsDoubles();
        int bad = Array.FindIndex(values, value => double.IsNaN(value));
        if (bad >= 0)
            throw new DataException($"{file} has no number at index {bad}; give the folder as the run left it.");
        return
        [
            .. Enumerable.Range(0, count).Select(i => new RitzPair(
                values[4 * i], values[(4 * i) + 1], new(values[(4 * i) + 2], values[(4 * i) + 3]), pairs.Found[i].Converged ?? false)),
        ];
    }

    private static ImmutableArray<KeptRecurrence?> Recurrences(string file)
    {
        NpyArray array = Npy.Read(file);
        if (array.Shape is not [var count, 2, var steps])
            throw new DataException(
                $"{file} has shape ({string.Join(", ", array.Shape)}) where (recurrences, 2, steps) is expected; give the folder as the run left it.");
        double[] values = array.AsDoubles();
        var recurrences = ImmutableArray.CreateBuilder<KeptRecurrence?>(count);
        for (int row = 0; row < count; row++)
        {
            ReadOnlySpan<double> alphas = values.AsSpan(2 * row * steps, steps), betas = values.AsSpan(((2 * row) + 1) * steps, steps);
            int taken = alphas.IndexOf(double.NaN) is >= 0 and var end ? end : steps;
            recurrences.Add(taken == 0 ? null : new KeptRecurrence([.. alphas[..taken]], [.. betas[..taken]]));
        }

        return recurrences.ToImmutable();
    }
}

/// <summary>The numbers of a recurrence as they lie in a file.</summary>
/// <param name="Alphas">α, at least one.</param>
/// <param name="Betas">β, as many.</param>
internal readonly record struct KeptRecurrence(ImmutableArray<double> Alphas, ImmutableArray<double> Betas)
{
    /// <summary>Its quadrature.</summary>
    /// <exception cref="MatrixException">The numbers are none of a recurrence.</exception>
    public SpectralQuadrature ToQuadrature(HostThreads threads) => SpectralQuadrature.OfRecurrence(Alphas.AsSpan(), Betas.AsSpan(), threads);
}
