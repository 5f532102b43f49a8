using System.Collections.Immutable;
using System.Diagnostics;
using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Identities;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Basins;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Structure;
using BasinVolume.Curvature.Verification;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Subsets;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Findings;

namespace BasinVolume.Mnist.Jobs;

/// <summary>From a plan whose parameters are set to volumes, the same for every job; what is found is told as soon as it is found.</summary>
/// <param name="options">What is asked, checked.</param>
/// <param name="findings">Who is told what is found.</param>
/// <param name="view">Who watches.</param>
/// <param name="cancellation">Stops at the next block of directions or panel of rows.</param>
public sealed class CurvatureSteps(JobOptions options, IFindings findings, IRunView view, CancellationToken cancellation)
{
    // Eigenvectors that are drawn, at each end of the spectrum.
    private const int EigenvectorsShown = 3;

    /// <summary>Hessian, spectrum and volumes.</summary>
    /// <typeparam name="T">What the device computes in.</typeparam>
    /// <param name="plan">The network with its parameters set.</param>
    /// <param name="name">What the model is called.</param>
    /// <param name="parameters">The parameters that the plan holds.</param>
    /// <param name="training">All training images.</param>
    /// <param name="indices">Those that the loss is a sum over.</param>
    public CurvatureResult Compute<T>(Plan<T> plan, string name, double[] parameters, Dataset training, int[] indices)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(plan);
        DatasetSamples samples = SamplesOf(training, indices);
        (Hessian bare, double seconds) = Timed($"{name}: Hessian", progress => Hessian.Compute(plan, samples, progress, cancellation: cancellation));
        return From(bare, seconds, plan, name, parameters, samples);
    }

    /// <summary>The samples with their weights in the loss.</summary>
    /// <param name="training">All training images.</param>
    /// <param name="indices">Those that the loss is a sum over.</param>
    public DatasetSamples SamplesOf(Dataset training, int[] indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        return new(training, indices, SampleWeights.Of(options.Weighting, indices.Length, options.BatchSize));
    }

    /// <summary>Spectrum and volumes of a Hessian that is there.</summary>
    /// <typeparam name="T">What the device computes in.</typeparam>
    /// <param name="bare">The Hessian without a penalty.</param>
    /// <param name="hessianSeconds">Seconds for it.</param>
    /// <param name="plan">The network with its parameters set.</param>
    /// <param name="name">What the model is called.</param>
    /// <param name="parameters">The parameters that the plan holds.</param>
    /// <param name="samples">The samples that the loss is a sum over.</param>
    public CurvatureResult From<T>(Hessian bare, double hessianSeconds, Plan<T> plan, string name, double[] parameters, DatasetSamples samples)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(bare);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(samples);
        // A penalty that is part of the loss is in H already, and the formulas add none.
        bool penalised = options.Penalty == Penalty.Included;
        Hessian hessian = penalised ? bare.WithWeightDecay(options.WeightDecay, parameters) : bare;
        findings.Hessian(name, plan.Network, hessian);
        // Whatever these find, what they are about is told.
        ImmutableArray<IdentityCheck> identities = view.During($"{name}: identities", progress => Verify(plan, samples, parameters, bare, progress));

        ImmutableArray<NullDirections> zeros = NetworkZeros.Of(plan.Network, hessian.Matrix, hessian.Gradient, hessian.WeightDecay);
        var exactness = new Exactness(Roundoff.Of(options.Precision, hessian.Matrix.Rows, samples.Count));
        // A matrix without the zeros that follow from its network is wrong, and is kept and solved as it is: the broken identity says so.
        IdentityCheck structure = StructuralReduction.Check(hessian.Matrix, zeros, exactness.UnitRoundoff);
        (SolvedSpectrum solved, double spectrumSeconds) = Timed($"{name}: spectrum", progress => SolvedSpectrum.Of(
            hessian.Matrix, structure.Passed ? zeros : [], exactness, EigenvectorsShown, plan.Device.Threads, progress, cancellation));
        Spectrum spectrum = solved.Spectrum;
        findings.Spectrum(name, plan.Network, hessian, solved);

        int? mostNegative = NetworkIdentities.MostNegativeEigenvalues(plan.Network);
        identities = [.. identities, structure, .. SpectralIdentities.Check(hessian.Matrix, spectrum, mostNegative, solved.TakenOut)];
        view.Say($"{name}: {SelfCheck.Summary(identities)}");

        var volume = new VolumeParameters(options.Threshold, penalised ? 0 : options.WeightDecay, options.K, options.InitialDeviation);
        return new(hessian, hessianSeconds, solved, spectrumSeconds, NotebookVolume.Of(spectrum, volume), Excess(spectrum, hessian.Loss, volume), identities);
    }

    /// <summary>Does a step of a job and says how long it took.</summary>
    /// <typeparam name="TResult">What the step gives.</typeparam>
    /// <param name="name">What is done.</param>
    /// <param name="step">Does it, telling the share that is done.</param>
    public (TResult Result, double Seconds) Timed<TResult>(string name, Func<IProgress<double>, TResult> step)
    {
        long start = Stopwatch.GetTimestamp();
        TResult result = view.During(name, step);
        return (result, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    /// <summary>The notebook's region with the threshold counted from the loss: its prior stays part of the curvature, its gradient unseen.</summary>
    private static QuadraticVolume Excess(Spectrum spectrum, double loss, VolumeParameters volume)
        => QuadraticVolume.AroundWeights(QuadraticModel.AtMinimum(loss, spectrum), BasinThreshold.Absolute(volume.Threshold), volume.Shift);

    private ImmutableArray<IdentityCheck> Verify<T>(Plan<T> plan, DatasetSamples samples, double[] parameters, Hessian hessian, IProgress<double> progress)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var derivatives = Derivatives.Of<T>(plan, samples, Array.ConvertAll(parameters, T.CreateTruncating), hessian, cancellation);
        var checks = ImmutableArray.CreateBuilder<IdentityCheck>();
        for (int i = 0; i < NetworkIdentities.Cheap.Length; i++)
        {
            checks.AddRange(NetworkIdentities.Cheap[i].Check(derivatives, progress: null, cancellation));
            progress.Report((i + 1.0) / NetworkIdentities.Cheap.Length);
        }

        return checks.ToImmutable();
    }
}
