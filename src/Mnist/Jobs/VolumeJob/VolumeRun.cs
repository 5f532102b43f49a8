using System.Collections.Immutable;
using System.Diagnostics;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Basins;
using BasinVolume.Basins.Losses;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Solvers;
using BasinVolume.Curvature.Stationary;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Curvature.Volumes.Rays;
using BasinVolume.Curvature.Volumes.Splitting;
using BasinVolume.Data.Normalizing;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Kernels.Threads;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Findings;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Jobs.VolumeJob;

/// <summary>
/// The job for volumes: a Hessian, its eigenvectors, every definition; and the same after the weights were moved to a stationary point, if that is asked for.
/// </summary>
/// <param name="options">What is asked, checked.</param>
/// <param name="findings">Who is told what is found.</param>
/// <param name="view">Who watches.</param>
/// <param name="cancellation">Stops it at the next panel of rows.</param>
public sealed class VolumeRun(VolumeOptions options, IFindings findings, IRunView view, CancellationToken cancellation)
{
    // The largest eigenvalues shape the Newton steps. Of 2,080 parameters of a classifier of digits, 50 of them make of 983 products 441 on the way from a
    // gradient of 1e-2 to one of 1e-7, 10 make 666, and 500 hardly fewer than 50.
    private const int MostOutliers = 50;
    private const int OrderForEachOutlier = 20;

    /// <summary>Where the rays come from.</summary>
    internal IRayOrigin Rays { get; init; } = new FollowedRays();

    /// <summary>Does it.</summary>
    /// <exception cref="DataException">A file is missing or damaged, or the matrix is not square, symmetric and finite.</exception>
    /// <exception cref="OptionException">What is asked for contradicts what there is.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public VolumeResult Execute()
    {
        long beginning = Stopwatch.GetTimestamp();
        VolumeSource source = Read();
        VolumeSetting setting = VolumeSettings.Of(options, source);
        findings.Begin();
        try
        {
            VolumeResult result = Execute(source, setting) with { Seconds = Stopwatch.GetElapsedTime(beginning).TotalSeconds };
            Tell(result);
            return result;
        }
        catch (MatrixException e)
        {
            throw new DataException($"{source.File}: {e.Message}", e);
        }
    }

    /// <summary>Follows a share of the rays of a run's model, and does nothing else.</summary>
    /// <param name="shard">Which share.</param>
    /// <exception cref="OptionException">The network is not here as it was.</exception>
    /// <inheritdoc cref="Execute()" path="/exception"/>
    internal PartOfRays Part(Shard shard)
    {
        if (Read() is not DenseSource source)
            throw new OptionException("--shard follows rays that are shaped by a dense Hessian, of which this run holds none; follow all its rays at once.");
        VolumeSetting setting = VolumeSettings.Of(options, source);
        (string? missing, Network? network) = NetworkOf(source);
        if (network is null)
            throw new OptionException($"Rays are along the true loss, which is not there. {missing}");
        findings.Begin();
        using NetworkAtWork opened = ModelOnDevice.Open(source, network, options, view, cancellation);
        MeasuredModel measured = Measured(source, BasisOf(source, setting, opened.Threads), opened.Threads);
        (int first, int end) = shard.Of(options.Rays.Rays);
        RayShare share = StudyOf(measured, opened, opened.Threads).Follow([.. source.Weights!.Value], source.WeightDecay + setting.AddedDecay, first, end);
        return new(source.Name, first, end, share, RayFingerprint.Of(options, source, setting, network, opened), opened.Device);
    }

    private VolumeSource Read()
    {
        VolumeSource source = view.During("Reading", _ => new VolumeSourceReader(view).Read(options));
        if (source is DenseSource held)
            source = held with { HessianSha256 = MatrixHash.Of(held.Hessian) };
        else
            ProductVolumes.Check(options);
        view.Say($"{source.Name}: {source.Statement}");
        return source;
    }

    private void Tell(VolumeResult result)
    {
        if (result.Convergence is not null)
        {
            RunModel model = result.Source.Model!;
            findings.MovedWeights(result.Source.Name, model.OpenNetwork()!, [.. result.Source.Weights!.Value], NormalizationMetadata.Of(model.Normalization));
        }

        findings.Volumes(result.Setting.Threshold, result.Entries, result.Sweep);
    }

    private VolumeResult Execute(VolumeSource source, VolumeSetting setting)
    {
        (string? missing, Network? network) = NetworkOf(source);
        if (network is null && options.Converge is not null)
            throw new OptionException($"--converge needs the network and its data. {missing}");
        bool penalised = source is ProductSource && setting.AddedDecay > 0;
        if (network is null && penalised)
            throw new OptionException($"--penalty included needs the network and its data, where the Hessian was told by products. {missing}");
        bool needed = options.Rays.NeedLoss || options.Converge is not null || penalised;
        using NetworkAtWork? opened = network is null || !needed ? null : ModelOnDevice.Open(source, network, options, view, cancellation);
        // One team of threads: the device's, where there is one.
        using HostThreads? own = opened is null ? new HostThreads(options.Threads) : null;
        HostThreads threads = opened?.Threads ?? own!;
        if (source is not DenseSource held)
            return new ProductVolumes(options, setting, network, opened, missing, threads, view, cancellation).Execute((ProductSource)source);
        if (opened is not null)
            Rays.Check(options, held, setting, network!, opened);
        return Execute(held, setting, opened, missing, threads);
    }

    private VolumeResult Execute(DenseSource source, VolumeSetting setting, NetworkAtWork? opened, string? missing, HostThreads threads)
    {
        MeasuredModel basis = BasisOf(source, setting, threads);
        VolumeResult result = Measure(source, setting, basis, opened, missing, threads);
        if (options.Converge is not { } converge)
            return result;
        (DenseSource polished, Convergence convergence) = Converge(source, setting, basis, opened!, converge, result.Entries);
        return Measure(polished, setting, BasisOf(polished, setting, threads), opened, missing, threads) with { Convergence = convergence };
    }

    private MeasuredModel BasisOf(DenseSource source, VolumeSetting setting, HostThreads threads)
        => view.During("Eigenvectors", progress => MeasuredModel.Of(
            source.ToSecondOrder(), setting.Prior, setting.Threshold, threads, progress, cancellation).WithWeightDecay(setting.AddedDecay));

    private VolumeResult Measure(
        DenseSource source, VolumeSetting setting, MeasuredModel basis, NetworkAtWork? opened, string? missing, HostThreads threads)
    {
        MeasuredModel measured = Measured(source, basis, threads);
        LevelVolume? levels = opened is null || options.Rays.Points == 0 ? null : LevelsOf(source, setting, measured, opened, threads);
        RayResult? rays = opened is null || options.Rays.Rays == 0
            ? null
            : Rays.Of(StudyOf(measured, opened, threads), [.. source.Weights!.Value], source.WeightDecay + setting.AddedDecay);
        var basin = new MeasuredBasin(measured, basis, setting)
        {
            Rays = rays,
            WithoutRays = missing ?? "No rays were asked for: give their number with --rays.",
            Levels = levels,
            WithoutLevels = missing ?? "No levels were asked for: give the number of points in each population with --population.",
        };
        return new(
            options, source, setting, QuadraticFacts.Of(basis.Model), BasinVolumes.Of(basin), rays, VolumeSweep.Of(basin), Convergence: null, Seconds: 0);
    }

    private MeasuredModel Measured(DenseSource source, MeasuredModel basis, HostThreads threads) => source.Deviations is { } deviations
        ? view.During("Eigenvectors in units of the deviations", progress => basis.Whitened(deviations, source.Read.Exactness, threads, progress, cancellation))
        : basis;

    private RayStudy StudyOf(MeasuredModel measured, NetworkAtWork opened, HostThreads threads)
        => new(options.Rays.Study, measured, TruePrior(measured), opened, threads, view, cancellation);

    // The true loss is looked at from the weights, unless another centre is asked for.
    private GaussianPrior TruePrior(MeasuredModel measured) => new(options.PriorCentre ?? PriorCentre.Weights, measured.Prior.Deviation);

    private LevelVolume LevelsOf(DenseSource source, VolumeSetting setting, MeasuredModel measured, NetworkAtWork opened, HostThreads threads)
    {
        var sampling = new SplittingSampling(options.Rays.Points, (ulong)options.Rays.Seed);
        long allowed = HostMemory.FreeBytes(options.Ranks) / 2, needed = sampling.BytesFor(measured.Weights.Length);
        if (needed > allowed)
            throw new DeviceException(
                $"--population {sampling.Points} in {sampling.Populations} populations need {ByteSize.Of(needed)} of memory for {measured.Weights.Length} "
                + $"parameters, but {ByteSize.Of(allowed)} may be used; take fewer points.");
        ILossAtWeights loss = measured.LossOf(opened.LossWith(source.WeightDecay + setting.AddedDecay), [.. source.Weights!.Value]);
        return view.During("Levels", _ => LevelVolume.Of(
            loss,
            measured.Model,
            measured.Weights,
            measured.Eigenpairs,
            measured.Threshold,
            TruePrior(measured),
            sampling,
            threads,
            new LevelCount(view),
            cancellation));
    }

    private (DenseSource Polished, Convergence Convergence) Converge(
        DenseSource source,
        VolumeSetting setting,
        MeasuredModel basis,
        NetworkAtWork opened,
        ConvergeOptions converge,
        ImmutableArray<VolumeEntry> before)
    {
        long start = Stopwatch.GetTimestamp();
        var outliers = DeflatedPreconditioner.OfLargest(basis.Eigenpairs, Math.Min(MostOutliers, basis.Eigenpairs.Count / OrderForEachOutlier), opened.Threads);
        var search = new TrustRegionNewton(
            opened.DifferentiableWith(source.WeightDecay + setting.AddedDecay), converge.Tolerance, converge.Steps, outliers);
        StationaryPoint point = view.During("Newton steps", _ => search.From([.. source.Weights!.Value], ConvergeOptions.Told(view), cancellation));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double[] weights = [.. point.Weights];
        Hessian hessian = view.During("Hessian", progress => opened.HessianAt(weights, progress, cancellation));
        if (source.WeightDecay > 0)
            hessian = hessian.WithWeightDecay(source.WeightDecay, weights);
        var convergence = new Convergence(converge, point, before, seconds);
        view.Say($"{source.Name}: {convergence.Outcome}");
        DenseSource moved = source with
        {
            Read = source.Read with { Matrix = hessian.Matrix, Asymmetry = 0 },
            Gradient = [.. hessian.Gradient],
            Loss = hessian.Loss,
            Weights = point.Weights,
        };
        return (moved, convergence);
    }

    /// <summary>The network whose true loss there is, or why there is none.</summary>
    private static (string? Missing, Network? Network) NetworkOf(VolumeSource source)
    {
        if (source.Model is not { } saved)
            return ("The true loss along rays needs the network and its data, not a Hessian alone: give a run with --run.", null);
        return saved.OpenNetwork() is { } network
            ? (null, network)
            : ($"The network '{saved.Network}' of the run is not here as it was: put its file back.", null);
    }
}
