using System.Collections.Immutable;
using System.Diagnostics;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Dense;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Kernels.Host;
using BasinVolume.Mnist.Curvatures;
using BasinVolume.Mnist.Data;

namespace BasinVolume.Mnist.Volumes;

/// <summary>The job for volumes: a Hessian, its eigenvectors, every definition.</summary>
/// <param name="options">What is asked, checked.</param>
/// <param name="view">Who watches.</param>
/// <param name="cancellation">Stops it at the next panel of rows.</param>
public sealed class VolumeRun(VolumeOptions options, IRunView view, CancellationToken cancellation)
{
    /// <summary>Does it.</summary>
    /// <exception cref="DataException">A file is missing or damaged, or the matrix is not square, symmetric and finite.</exception>
    /// <exception cref="OptionException">What is asked for contradicts what there is.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public VolumeResult Execute()
    {
        long beginning = Stopwatch.GetTimestamp();
        VolumeSource source = view.During("Reading", _ => new VolumeSourceReader(view).Read(options));
        VolumeSetting setting = VolumeSetting.Of(options, source);
        try
        {
            return Execute(source, setting, beginning);
        }
        catch (MatrixException e)
        {
            throw new DataException($"{source.File}: {e.Message}", e);
        }
    }

    private VolumeResult Execute(VolumeSource source, VolumeSetting setting, long beginning)
    {
        using var threads = new HostThreads(options.Threads);
        Eigenpairs pairs = view.During("Eigenvectors", progress => SymmetricEigenvectors.Compute(source.Hessian, .., threads, progress, cancellation));
        var spectrum = new Spectrum(pairs.Eigenvalues.AsSpan(), Roundoff.Of(source.Precision));
        QuadraticModel model = ModelOf(source, spectrum, pairs).WithWeightDecay(setting.AddedDecay);
        ImmutableArray<VolumeEntry> entries =
        [
            VolumeEntry.Of(GaussianMeasure.Of(model, setting.Threshold, setting.Prior)),
            new("rays", Definition: null, "The true loss along rays needs the network and its data."),
            VolumeEntry.Of(FuzzyVolume.Of(model, setting.Prior, setting.Temperature)),
            VolumeEntry.Of(QuadraticOf(model, setting)),
            VolumeEntry.Of(NotebookVolume.Of(spectrum, setting.Notebook)),
        ];
        return new(options, source, setting, model, entries, Stopwatch.GetElapsedTime(beginning).TotalSeconds);
    }

    /// <summary>Loss, gradient and weights in the eigenbasis; what is not known counts as zero.</summary>
    private static QuadraticModel ModelOf(VolumeSource source, Spectrum spectrum, Eigenpairs pairs)
    {
        double[] zeros = new double[spectrum.Order];
        return QuadraticModel.Of(
            source.Loss ?? double.NaN, spectrum, pairs.Vectors.Transpose(), source.Gradient is { } gradient ? gradient.AsSpan() : zeros, source.Weights is { } weights ? weights.AsSpan() : zeros);
    }

    private QuadraticVolume QuadraticOf(QuadraticModel model, VolumeSetting setting) => options.Centre == QuadraticCentre.Minimum
        ? QuadraticVolume.AroundMinimum(model, setting.Threshold, shift: 0)
        : QuadraticVolume.AroundWeights(model, setting.Threshold, shift: 0);
}
