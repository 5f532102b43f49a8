using System.Collections.Immutable;
using System.Diagnostics;
using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Basins;
using BasinVolume.Basins.Losses;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Groups;
using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.MatrixFree;
using BasinVolume.Curvature.Subspaces;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Estimated;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Subsets;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Findings;

namespace BasinVolume.Mnist.Jobs.MatrixFreeJob;

/// <summary>From a plan whose parameters are set to all that products tell, the same for every job; what is found is told as soon as it is found.</summary>
/// <param name="options">What is asked of the model, checked.</param>
/// <param name="request">What is asked of its curvature, checked.</param>
/// <param name="findings">Who is told what is found.</param>
/// <param name="view">Who watches.</param>
/// <param name="cancellation">Stops at the next product; what is known then is the result.</param>
public sealed class MatrixFreeSteps(JobOptions options, MatrixFreeRequest request, IFindings findings, IRunView view, CancellationToken cancellation)
{
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
        Network network = plan.Network;
        var samples = new DatasetSamples(training, indices, SampleWeights.Of(options.Weighting, indices.Length, options.BatchSize));
        // A penalty that is part of the loss is in the matrix already, and the formulas add none.
        double decay = options.Penalty == Penalty.Included ? options.WeightDecay : 0;
        double[] gradient = new double[network.ParameterCount];
        double loss = view.During($"{name}: gradient", _ => new NetworkDerivatives<T>(plan, samples, decay).MoveTo(parameters, gradient));
        findings.Gradient(name, network, gradient);

        ILinearMap bare = request.Matrix == CurvatureMatrix.Hessian ? NetworkMaps.Hessian(plan, samples) : NetworkMaps.GaussNewton(plan, samples);
        (KnownZeros zeros, StageCost cost) = Zeros(network, bare, name, gradient, decay);
        ImmutableArray<ParameterGroup> groups = request.Groups(network);
        BlockMap? block = groups.IsEmpty ? null : new BlockMap(bare, groups);
        ILinearMap part = block ?? bare;
        ISubspace subspace = block is null ? zeros.Subspace : NullSubspace.Of(block.Inside(zeros.Groups), block.Order);
        ILinearMap matrix = decay > 0 ? new ShiftedMap(part, decay) : part;
        MatrixFreeOptions asked = Asked(plan.Device.Description, matrix.Order, indices.Length) with { Zeros = subspace };
        var listener = new ViewedCurvature(name, view, findings);
        bool interrupted = false;
        try
        {
            _ = MatrixFreeCurvature.Of(matrix, asked, plan.Device.Threads, listener, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            interrupted = true;
            listener.Tell();
        }

        MatrixFreeCurvature known = listener.Known!;
        ImmutableArray<VolumeEntry> volumes = block is null && request.Matrix == CurvatureMatrix.Hessian ? Volumes(known, loss) : [];
        return new(request, insteadOfDense, loss, [.. gradient], decay, zeros, known, [], volumes, [cost, .. known.Stages])
        {
            IsInterrupted = interrupted,
        };
    }

    // Those that dense curvature has as well: the notebook's, and the same with the excess of the threshold over the loss, the gradient unseen.
    private ImmutableArray<VolumeEntry> Volumes(MatrixFreeCurvature known, double loss)
    {
        if (known.Quadratures is not { } quadratures)
            return [];
        var model = new EstimatedModel(loss, quadratures, VectorMeasure.Zero) { Trace = known.Trace?.Interval };
        var excess = EstimatedQuadraticVolume.AroundWeights(model, BasinThreshold.Absolute(Constants.Threshold), Constants.Shift);
        return [VolumeEntry.Of(EstimatedNotebookVolume.Of(model, Constants)), new("excess", excess, Missing: null)];
    }

    // The formulas add no second penalty to a matrix that has one.
    private VolumeParameters Constants
        => new(options.Threshold, options.Penalty == Penalty.Included ? 0 : options.WeightDecay, options.K, options.InitialDeviation);

    private (KnownZeros Zeros, StageCost Cost) Zeros(Network network, ILinearMap map, string name, double[] gradient, double decay)
    {
        long start = Stopwatch.GetTimestamp();
        KnownZeros zeros = view.During($"{name}: known zeros", _ => NetworkZeros.Of(network, map, gradient, decay, (ulong)options.Seed, cancellation));
        if (zeros.Reason is { } reason)
            view.Say($"{name}: {reason}");
        return (zeros, new("known zeros", zeros.Products, Stopwatch.GetElapsedTime(start).TotalSeconds));
    }

    private MatrixFreeOptions Asked(DeviceDescription device, int order, int samples)
    {
        ImmutableArray<double> usual = Constants.Shift > 0 ? [Constants.Shift] : [];
        return request.Numbers with
        {
            Shifts = request.Shifts ?? usual,
            Alphas = request.Alphas ?? usual,
            MemoryBytes = MemoryBudget.Vectors(device, options),
            Seed = (ulong)options.Seed,
            IsPositiveSemidefinite = request.Matrix == CurvatureMatrix.GaussNewton,
            Exactness = new Exactness(Roundoff.Of(options.Precision, order, samples)),
        };
    }
}
