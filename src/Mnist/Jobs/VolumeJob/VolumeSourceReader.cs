using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Matrices;
using BasinVolume.Mnist.Models;
using BasinVolume.Report.Findings;

namespace BasinVolume.Mnist.Jobs.VolumeJob;

/// <summary>Reads a Hessian and what belongs to it: the files that were given, or all of a run's.</summary>
/// <param name="view">Who watches.</param>
internal sealed class VolumeSourceReader(IRunView view)
{
    // Anyone's Hessian comes without a penalty unless one is named; the rest is the notebook's.
    private static readonly VolumeParameters WithoutRun =
        new(VolumeParameters.Notebook.Threshold, weightDecay: 0, VolumeParameters.Notebook.PriorWeight, VolumeParameters.Notebook.PriorDeviation);

    /// <summary>Reads what was asked for.</summary>
    /// <exception cref="DataException">A file is missing, damaged or of another shape, or the run has no such model.</exception>
    public VolumeSource Read(VolumeOptions options)
        => options.RunFolder is { } folder ? OfRun(RunArrays.Model(folder, options.Name, view), options) : OfFiles(options);

    private static VolumeSource OfRun(RunModel model, VolumeOptions options)
    {
        if (model.IsByProducts)
            return new ProductSource(KeptProducts.Read(model), [.. RunArrays.Gradient(model)], [.. RunArrays.Weights(model)]);
        SymmetricMatrix hessian = RunArrays.Hessian(model, options.Exactness.ZeroTolerance, MatricesOf(options));
        return new DenseSource(
            model.Name,
            model.HessianFile,
            hessian,
            model.Loss,
            [.. RunArrays.Gradient(model)],
            [.. RunArrays.Weights(model)],
            model.WeightDecay,
            model.Constants,
            DeviationsOf(options, hessian.Matrix.Rows),
            model);
    }

    private static DenseSource OfFiles(VolumeOptions options)
    {
        string file = options.HessianFile!;
        SymmetricMatrix read = SymmetricMatrix.Read(file, options.Exactness, MatricesOf(options));
        Matrix hessian = read.Matrix;
        return new DenseSource(
            file,
            file,
            read,
            options.Loss,
            OptionalVector(options.GradientFile, hessian.Rows),
            OptionalVector(options.WeightsFile, hessian.Rows),
            weightDecay: 0,
            WithoutRun,
            DeviationsOf(options, hessian.Rows),
            model: null);
    }

    private static double MatricesOf(VolumeOptions options)
        => options.DeviationsFile is null ? MemoryBudget.MatricesOfVolumes : MemoryBudget.MatricesOfWhitenedVolumes;

    private static ImmutableArray<double>? DeviationsOf(VolumeOptions options, int length)
    {
        if (OptionalVector(options.DeviationsFile, length) is not { } deviations)
            return null;
        int index = deviations.IndexOf(deviations.FirstOrDefault(sigma => sigma < 0));
        if (index >= 0 && deviations[index] < 0)
            throw new DataException(string.Create(
                CultureInfo.InvariantCulture,
                $"{options.DeviationsFile} has {deviations[index]} at index {index} where a deviation of at least 0 is expected; "
                + $"give 0 for a parameter that is not drawn."));
        if (deviations.All(sigma => sigma == 0))
            throw new DataException($"{options.DeviationsFile} has nothing but zeros, so no parameter is drawn; give at least one deviation above 0.");
        return deviations;
    }

    private static ImmutableArray<double>? OptionalVector(string? path, int length) => path is null ? null : [.. VectorFile.Read(path, length, "Hessian")];
}
