using System.Diagnostics;
using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Sweeps;
using BasinVolume.Data.Formats;
using BasinVolume.Data.Samples;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Mnist.Jobs.MatrixFreeJob;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Findings;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Jobs.HessianJob;

/// <summary>
/// The job for one model, trained elsewhere or here: images, Hessian, spectrum, volumes. Where the Hessian does not fit into memory, or where that was asked
/// for, what products with directions tell takes the place of Hessian and spectrum.
/// </summary>
public static class HessianRun
{
    /// <summary>Does the job; what is found is told as soon as it is found.</summary>
    /// <param name="options">What is asked, checked.</param>
    /// <param name="device">Where it is computed.</param>
    /// <param name="findings">Who is told what is found.</param>
    /// <param name="view">Who watches.</param>
    /// <param name="cancellation">Stops it at the next batch, block of directions or panel of rows.</param>
    /// <exception cref="ExplainedException">Data, device, output or numbers are not as they should be.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static HessianResult Execute(HessianOptions options, Device device, IFindings findings, IRunView view, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        DataSource source = JobInputs.Open(options, view);
        var model = RequestedModel.Open(options.Model, source.Layout);
        string? tooLarge = MemoryBudget.ShortageOfDense(model.Network, device, options);
        if (tooLarge is not null)
            view.Say($"{tooLarge}; its curvature is told by products with directions instead");
        else
            LargePages.AskFor();
        return Execute(options, tooLarge is null ? Way.Computed : new(new Products(new(), tooLarge)), model, source, device, findings, view, cancellation);
    }

    /// <summary>The job by the matrix, with a model and data that are open already.</summary>
    internal static HessianResult Dense(
        HessianOptions options, RequestedModel model, DataSource source, Device device, IFindings findings, IRunView view, CancellationToken cancellation)
        => Execute(options, Way.Computed, model, source, device, findings, view, cancellation);

    /// <summary>The job with a Hessian that comes from elsewhere, at weights that were trained elsewhere.</summary>
    internal static HessianResult Given(
        HessianOptions options, IHessianOrigin origin, Device device, IFindings findings, IRunView view, CancellationToken cancellation)
    {
        DataSource source = JobInputs.Open(options, view);
        var model = RequestedModel.Open(options.Model, source.Layout);
        MemoryBudget.CheckDense(model.Network, device, options);
        return Execute(options, new(origin), model, source, device, findings, view, cancellation);
    }

    /// <summary>The job by products with directions, however small the matrix would be.</summary>
    /// <param name="options">What is asked of the model, checked.</param>
    /// <param name="request">What is asked of its curvature, checked.</param>
    /// <param name="device">Where it is computed.</param>
    /// <param name="findings">Who is told what is found.</param>
    /// <param name="view">Who watches.</param>
    /// <param name="cancellation">Stops it at the next batch or product.</param>
    /// <returns>What was found; not complete where the curvature was stopped, which throws nothing.</returns>
    /// <exception cref="ExplainedException">Data, device, output or numbers are not as they should be.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for before anything was known.</exception>
    public static HessianResult ByProducts(
        HessianOptions options, MatrixFreeRequest request, Device device, IFindings findings, IRunView view, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        DataSource source = JobInputs.Open(options, view);
        var model = RequestedModel.Open(options.Model, source.Layout);
        return Execute(options, new(new Products(request, InsteadOfDense: null)), model, source, device, findings, view, cancellation);
    }

    private static HessianResult Execute(
        HessianOptions options, Way way, RequestedModel model, DataSource source, Device device, IFindings findings, IRunView view,
        CancellationToken cancellation)
        => options.Precision == Precision.Float32
            ? Execute<float>(options, way, model, source, device, findings, view, cancellation)
            : Execute<double>(options, way, model, source, device, findings, view, cancellation);

    private static HessianResult Execute<T>(
        HessianOptions options, Way way, RequestedModel model, DataSource source, Device device, IFindings findings, IRunView view,
        CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long beginning = Stopwatch.GetTimestamp();
        way.Products?.Request.CheckAgainst(model.Network);
        using var prepared = PreparedModel<T>.Of(options, model, source, device, findings, view, start => way.Hessian.Check(options, start), cancellation);
        DatasetSamples samples = new CurvatureSteps(options, findings, view, cancellation).SamplesOf(prepared.Inputs.Data.Training, prepared.Inputs.Indices);
        DataResult found = DataResult.Of(prepared.Model.Name, prepared.Plan, samples, prepared.Inputs.Data, prepared.Training, view);
        CurvatureResult? curvature = null;
        MatrixFreeResult? byProducts = null;
        if (way.Products is { } products)
            byProducts = ByProducts(options, products, prepared, findings, view, cancellation);
        else
            curvature = Dense(options, way.Hessian, prepared, findings, view, cancellation);
        return new(
            options,
            prepared.Model,
            prepared.Sha256,
            device.Description,
            prepared.Inputs.Data,
            [.. prepared.Inputs.Indices],
            prepared.Training,
            found,
            curvature,
            Stopwatch.GetElapsedTime(beginning).TotalSeconds)
        {
            ByProducts = byProducts,
            Weights = prepared.Inputs.Stored,
            Trials = prepared.Trials,
        };
    }

    private static CurvatureResult Dense<T>(
        HessianOptions options, IHessianOrigin origin, PreparedModel<T> prepared, IFindings findings, IRunView view, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var steps = new CurvatureSteps(options, findings, view, cancellation);
        DatasetSamples samples = steps.SamplesOf(prepared.Inputs.Data.Training, prepared.Inputs.Indices);
        (JobInputs inputs, string name) = (prepared.Inputs, prepared.Model.Name);
        IHessianKeeper? keeper = options.Checkpoint?.Hessian(
            name, JobFingerprint.Of(options, prepared.Plan, prepared.Weights, inputs.Data, inputs.Indices));
        (Hessian bare, double seconds) = steps.Timed($"{name}: Hessian", progress => origin.Of(prepared, samples, keeper, progress, cancellation));
        return steps.From(bare, seconds, prepared.Plan, prepared.Model.Name, prepared.Weights, samples);
    }

    private static MatrixFreeResult ByProducts<T>(
        HessianOptions options, Products products, PreparedModel<T> prepared, IFindings findings, IRunView view, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (JobInputs inputs, double[] weights) = (prepared.Inputs, prepared.Weights);
        using Journal? journal = options.Checkpoint?.Answers(
            "curvature", JobFingerprint.Of(options, prepared.Plan, weights, inputs.Data, inputs.Indices, products.Request.Matrix));
        return new MatrixFreeSteps(options, products.Request, findings, view, cancellation, journal).Compute(
            prepared.Plan, prepared.Model.Name, weights, inputs.Data.Training, inputs.Indices, products.InsteadOfDense);
    }

    // What is asked of products, and why there is no matrix where it was not asked for.
    private sealed record Products(MatrixFreeRequest Request, string? InsteadOfDense);

    // By products, or by the matrix and where that comes from.
    private sealed record Way(Products? Products, IHessianOrigin Hessian)
    {
        public Way(Products products)
            : this(products, new ComputedHessian())
        {
        }

        public Way(IHessianOrigin hessian)
            : this(Products: null, hessian)
        {
        }

        public static Way Computed { get; } = new(new ComputedHessian());
    }
}
