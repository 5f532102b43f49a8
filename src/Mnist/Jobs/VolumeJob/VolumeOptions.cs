using BasinVolume.Basins;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Kernels.Ranks;
using BasinVolume.Mnist.Matrices;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Jobs.VolumeJob;

/// <summary>
/// What volumes can be asked for. The Hessian is either anyone's file or a run's; a constant that is null is the run's or, without a run, the notebook's.
/// </summary>
public sealed record VolumeOptions
{
    /// <summary>A .npy file with a symmetric matrix; null if it is a run's.</summary>
    public string? HessianFile { get; init; }

    /// <summary>A .npy file with the gradient at the same weights; null if it is not known.</summary>
    public string? GradientFile { get; init; }

    /// <summary>A .npy file with the weights; null if they are not known.</summary>
    public string? WeightsFile { get; init; }

    /// <summary>L(θ*); null if it is not known.</summary>
    public double? Loss { get; init; }

    /// <summary>The folder of a run; null if the matrix is a file.</summary>
    public string? RunFolder { get; init; }

    /// <summary>Which of the run's models; null for its first one.</summary>
    public string? Name { get; init; }

    /// <summary>The folder for the results.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>T or ΔT, in units of the loss.</summary>
    public double? Threshold { get; init; }

    /// <summary>How the threshold counts; null for absolute where the loss is known, else excess. The shifted quadratic does not look at it.</summary>
    public ThresholdKind? ThresholdKind { get; init; }

    /// <summary>λ of the penalty ½λ|θ|².</summary>
    public double? WeightDecay { get; init; }

    /// <summary>Whether that penalty is part of the loss whose basin is measured. The shifted quadratic has it always.</summary>
    public Penalty Penalty { get; init; } = Penalty.Excluded;

    /// <summary>k of the shifted quadratic.</summary>
    public double? K { get; init; }

    /// <summary>σ of the prior.</summary>
    public double? Deviation { get; init; }

    /// <summary>
    /// A .npy file with a deviation of the prior for each parameter, instead of one σ for all; null for that. The shifted quadratic keeps its σ.
    /// </summary>
    public string? DeviationsFile { get; init; }

    /// <summary>s of the fuzzy volume, in units of the loss; null for k.</summary>
    public double? Temperature { get; init; }

    /// <summary>μ₀ of the prior; null for 0 where the weights are known, else the weights.</summary>
    public PriorCentre? PriorCentre { get; init; }

    /// <summary>Around which point the quadratic basin is taken.</summary>
    public QuadraticCentre Centre { get; init; } = QuadraticCentre.Weights;

    /// <summary>What was said of how exact the matrix is.</summary>
    public StatedExactness Exactness { get; init; } = new();

    /// <summary>How the true loss of a run's model is followed along rays.</summary>
    public required RayOptions Rays { get; init; }

    /// <summary>How the weights are moved to a stationary point first; null if they stay.</summary>
    public ConvergeOptions? Converge { get; init; }

    /// <summary>Threads of the processor. No result depends on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The processes that compute it together.</summary>
    public IRanks Ranks { get; init; } = OneRank.Alone;

    /// <summary>How it was asked for, in one command; null where it was not by a command.</summary>
    public string? CommandLine { get; init; }

    /// <summary>What keeps the work while it is not finished; null for nothing.</summary>
    public Checkpoint? Checkpoint { get; init; }

    /// <summary>Checks what can be checked before anything is read.</summary>
    /// <exception cref="OptionException">Something is outside its range, or two options exclude each other.</exception>
    public void Check()
    {
        CheckSource();
        Exactness.Check();
        NumberRanges.Loss.Demand("--loss-value", Loss);
        NumberRanges.Loss.Demand("--threshold", Threshold);
        NumberRanges.WeightDecay.Demand("--weight-decay", WeightDecay);
        NumberRanges.K.Demand("--k", K);
        NumberRanges.Deviation.Demand("--sigma", Deviation);
        NumberRanges.Positive.Demand("--temperature", Temperature);
        Rays.Check();
        Converge?.Check();
        NumberRanges.Threads.Demand("--threads", Threads);
    }

    private void CheckSource()
    {
        if (HessianFile is null == RunFolder is null)
            throw new OptionException("The Hessian comes either from --hessian FILE.npy or from --run DIR; give one of the two.");
        if (RunFolder is not null)
            return;
        if (Loss is null && ThresholdKind is Curvature.Volumes.ThresholdKind.Absolute)
            throw new OptionException(
                "An absolute threshold counts from the loss at the weights, which is not known; give it with --loss-value, or take --threshold-kind excess.");
        if (WeightsFile is null && PriorCentre is Curvature.Volumes.Gaussian.PriorCentre.Origin)
            throw new OptionException("A prior around 0 needs the weights; give them with --weights, or take --prior-centre weights.");
        if (WeightsFile is null && Penalty is Penalty.Included)
            throw new OptionException("A penalty that is part of the loss needs the weights; give them with --weights, or take --penalty excluded.");
    }
}
