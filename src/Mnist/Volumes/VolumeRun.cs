using System.Collections.Immutable;
using System.Diagnostics;
using BasinVolume.Autodiff;
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
        (string? missing, Network? network) = NetworkOf(source);
        RayResult? rays = network is null ? null : new RayJob(options, source, setting, view, cancellation).Run(network, model, pairs.Vectors.Transpose(), threads);
        ImmutableArray<VolumeEntry> entries =
        [
            VolumeEntry.Of(GaussianMeasure.Of(model, setting.Threshold, setting.Prior)),
            new("rays", rays?.Gaussian, missing),
            VolumeEntry.Of(FuzzyVolume.Of(model, setting.Prior, setting.Temperature)),
            VolumeEntry.Of(QuadraticOf(model, setting)),
            VolumeEntry.Of(NotebookVolume.Of(spectrum, setting.Notebook)),
        ];
        return new(options, source, setting, model, entries, rays, Stopwatch.GetElapsedTime(beginning).TotalSeconds);
    }

    /// <summary>The network whose loss can be followed along rays, or why there is none.</summary>
    private (string? Missing, Network? Network) NetworkOf(VolumeSource source)
    {
        if (source.Model is not { } saved)
            return ("The true loss along rays needs the network and its data, not a Hessian alone: give a run with --run.", null);
        if (options.Rays.Rays == 0)
            return ("No rays were asked for: give their number with --rays.", null);
        return saved.OpenNetwork() is { } network ? (null, network) : ($"The network '{saved.Network}' of the run is not here as it was: put its file back.", null);
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
