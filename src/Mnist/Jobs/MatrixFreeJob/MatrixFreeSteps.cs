using System.Collections.Immutable;
using System.Numerics;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Basins;
using BasinVolume.Basins.Losses;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Groups;
using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.MatrixFree;
using BasinVolume.Curvature.Subspaces;
using BasinVolume.Curvature.Traces;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Estimated;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Subsets;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;
using BasinVolume.Mnist.Jobs.Answers;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Findings;
using BasinVolume.Report.Records;
using BasinVolume.Report.Runs;
using Stopwatch = System.Diagnostics.Stopwatch;

namespace BasinVolume.Mnist.Jobs.MatrixFreeJob;

/// <summary>From a plan whose parameters are set to all that products tell, the same for every job; what is found is told as soon as it is found.</summary>
/// <param name="options">What is asked of the model, checked.</param>
/// <param name="request">What is asked of its curvature, checked.</param>
/// <param name="findings">Who is told what is found.</param>
/// <param name="view">Who watches.</param>
/// <param name="cancellation">Stops at the next product; what is known then is the result.</param>
/// <param name="journal">What products are asked through; null for nothing.</param>
public sealed class MatrixFreeSteps(
    JobOptions options, MatrixFreeRequest request, IFindings findings, IRunView view, CancellationToken cancellation, Journal? journal = null)
{
    private const string WithoutRays
        = "Rays follow the true loss, and products tell of its quadratic model alone: take 'volume --run' with the folder of this run.";

    // A penalty that is part of the loss is in the matrix already, and the formulas add none.
    private double Decay => options.Penalty == Penalty.Included ? options.WeightDecay : 0;

    private VolumeParameters Constants
        => new(options.Threshold, options.Penalty == Penalty.Included ? 0 : options.WeightDecay, options.K, options.InitialDeviation);

    /// <summary>Goes through all stages.</summary>
    /// <typeparam name="T">What the device computes in.</typeparam>
    /// <param name="plan">The network with its parameters set.</param>
    /// <param name="name">What the model is called.</param>
    /// <param name="parameters">The parameters that the plan holds.</param>
    /// <param name="training">All training images.</param>
    /// <param name="indices">Those that the loss is a sum over.</param>
    /// <param name="insteadOfDense">Why there is no dense matrix; null where products were asked for.</param>
    /// <exception cref="OperationCanceledException">Cancellation was asked for before anything was known.</exception>
    public MatrixFreeResult Compute<T>(
        Plan<T> plan, string name, double[] parameters, Dataset training, int[] indices, string? insteadOfDense)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(indices);
        using IDisposable kept = LastWords.After(cancellation);
        var samples = new DatasetSamples(training, indices, SampleWeights.Of(options.Weighting, indices.Length, options.BatchSize));
        double[] gradient = new double[plan.Network.ParameterCount];
        double loss = view.During($"{name}: gradient", _ => new NetworkDerivatives<T>(plan, samples, Decay).MoveTo(parameters, gradient));
        findings.Gradient(name, plan.Network, gradient);

        INetworkMatrix bare = request.Matrix == CurvatureMatrix.Hessian ? NetworkMaps.Hessian(plan, samples) : NetworkMaps.GaussNewton(plan, samples);
        if (journal is not null)
            bare = new KeptMatrix(bare, journal);
        KnownZeros zeros = Timed("known zeros", name, _ => NetworkZeros.Of(
            plan.Network, bare, gradient, Decay, (ulong)options.Seed, cancellation), found => found.Products, out StageCost cost);
        if (zeros.Reason is { } reason)
            view.Say($"{name}: {reason}");
        var result = new MatrixFreeResult(request, insteadOfDense, loss, [.. gradient], Decay, zeros, [cost]);
        ImmutableArray<ParameterGroup> groups = request.Groups(plan.Network);
        result = WithCurvature(result, bare, groups, plan.Device, name, indices.Length);
        if (result.IsInterrupted || !groups.IsEmpty)
            return result;
        if (request.Matrix == CurvatureMatrix.Hessian)
            result = WithVolumes(result, Decay > 0 ? new ShiftedMap(bare, Decay) : bare, parameters, plan.Device.Threads, name);
        return result.IsInterrupted ? result : WithTensors(result, bare, plan.Device.Threads, name);
    }

    // Of the matrix, or of a block of it.
    private MatrixFreeResult WithCurvature(
        MatrixFreeResult result, ILinearMap bare, ImmutableArray<ParameterGroup> groups, Device device, string name, int samples)
    {
        BlockMap? block = groups.IsEmpty ? null : new BlockMap(bare, groups);
        ILinearMap part = block ?? bare, matrix = Decay > 0 ? new ShiftedMap(part, Decay) : part;
        ISubspace zeros = block is null ? result.Zeros.Subspace : NullSubspace.Of(block.Inside(result.Zeros.Groups), block.Order);
        var listener = new ViewedCurvature(name, view, findings);
        bool interrupted = false;
        try
        {
            MatrixFreeOptions asked = Asked(device, matrix.Order, samples) with { Zeros = zeros, SpentProducts = (int)result.Zeros.Products };
            _ = MatrixFreeCurvature.Of(matrix, asked, device.Threads, listener, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            interrupted = true;
            listener.Tell();
        }

        MatrixFreeCurvature known = listener.Known!;
        return result with
        {
            Curvature = known,
            Stages = [.. result.Stages, .. known.Stages],
            IsInterrupted = interrupted,
        };
    }

    // What each tensor has of the trace; a penalty adds λ for each of its parameters.
    private MatrixFreeResult WithTensors(MatrixFreeResult result, INetworkMatrix bare, HostThreads threads, string name)
    {
        MatrixFreeOptions asked = result.Curvature!.Options;
        var rest = new TraceOptions(asked.TraceTolerance, asked.MostProducts / MatrixFreeRequest.ShareOfTensors, asked.Seed, asked.MemoryBytes);
        long exact = asked.MostProducts / MatrixFreeRequest.ShareOfBlocks;
        try
        {
            TensorTraces traces = Timed(
                "traces of the tensors", name, progress => TensorTraces.Of(bare, exact, rest, threads, progress, cancellation), found => found.Products,
                out StageCost cost);
            ImmutableArray<TensorTraceRecord> records = MatrixFreeRecords.Of(traces, Decay);
            findings.TensorTraces(name, records);
            return result with { Traces = records, Stages = result.Stages.Add(cost) };
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return result with { IsInterrupted = true };
        }
    }

    // Of the whole Hessian, around a prior at 0.
    private MatrixFreeResult WithVolumes(MatrixFreeResult result, ILinearMap matrix, double[] parameters, HostThreads threads, string name)
    {
        if (result.Curvature is not { Quadratures: { } quadratures } known)
            return result;
        try
        {
            EstimatedBasin basin = Timed("gradient and prior", name, progress => EstimatedBasin.Of(
                matrix,
                result.Loss,
                [.. result.Gradient],
                parameters,
                quadratures,
                known.Trace?.Interval,
                known.Options.Steps,
                threads,
                progress,
                cancellation), found => found.Products, out StageCost cost);
            findings.GradientQuadratures(name, basin.Model.Gradient, basin.Model.Origin!.Gradient);
            return result with
            {
                Model = basin.Model,
                Volumes = view.During($"{name}: volumes", _ => Volumes(basin)),
                Stages = result.Stages.Add(cost),
            };
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return result with { IsInterrupted = true };
        }
    }

    // Beside the definitions of 'volume' that of dense curvature: the notebook's region up to the excess of the threshold; the gradient is told, not used.
    private ImmutableArray<VolumeEntry> Volumes(EstimatedBasin basin)
    {
        var setting = new VolumeSetting(
            BasinThreshold.Absolute(options.Threshold),
            Constants,
            new GaussianPrior(PriorCentre.Origin, options.InitialDeviation),
            Temperature: options.K > 0 ? options.K : VolumeParameters.Notebook.PriorWeight,
            AddedDecay: 0,
            QuadraticCentre.Weights);
        var excess = EstimatedQuadraticVolume.AroundWeights(basin.Model, setting.Threshold, Constants.Shift, cancellation);
        return [.. EstimatedVolumes.Of(basin.Model, setting, rays: null, WithoutRays, cancellation), new("excess", excess, Missing: null)];
    }

    private TResult Timed<TResult>(string stage, string name, Func<IProgress<double>, TResult> compute, Func<TResult, long> products, out StageCost cost)
    {
        long start = Stopwatch.GetTimestamp();
        TResult result = view.During($"{name}: {stage}", compute);
        cost = new(stage, products(result), Stopwatch.GetElapsedTime(start).TotalSeconds);
        // The vectors of a stage are of no use to the next one, which may need as much: without this the process held the vectors of both.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return result;
    }

    // What was free when the work was begun counts for whoever goes on with it: how many vectors are held decides about bits.
    private long VectorBytes(Device device)
    {
        long free = MemoryBudget.Vectors(device, options);
        if (journal is null)
            return free;
        double[] bytes = new double[1];
        journal.Ask(Journal.Question("bytes for vectors"), bytes, () => bytes[0] = free);
        return (long)bytes[0];
    }

    private MatrixFreeOptions Asked(Device device, int order, int samples)
    {
        ImmutableArray<double> usual = Constants.Shift > 0 ? [Constants.Shift] : [];
        long vectors = VectorBytes(device);
        MemoryBudget.HoldDown(vectors);
        return request.Numbers with
        {
            Shifts = request.Shifts ?? usual,
            Alphas = request.Alphas ?? usual,
            MemoryBytes = vectors,
            Seed = (ulong)options.Seed,
            IsPositiveSemidefinite = request.Matrix == CurvatureMatrix.GaussNewton,
            Exactness = new Exactness(Roundoff.Of(options.Precision, order, samples)),
        };
    }
}
