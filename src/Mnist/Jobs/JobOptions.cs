using BasinVolume.Data.Formats;
using BasinVolume.Data.Normalizing;
using BasinVolume.Data.Subsets;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Jobs;

/// <summary>What every job that computes a Hessian can be asked for, with the usual values as defaults.</summary>
public record JobOptions
{
    /// <summary>Where the data is, and what is said of it.</summary>
    public required DataRequest Data { get; init; }

    /// <summary>The folder for the results.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>Training samples to draw.</summary>
    public int Samples { get; init; } = 1500;

    /// <summary>How they are drawn.</summary>
    public Sampling Sampling { get; init; } = Sampling.WithReplacement;

    /// <summary>What they and the initial weights are drawn from. (The notebook had no seed.)</summary>
    public long Seed { get; init; } = 1;

    /// <summary>A .npy file with the indices to use instead of drawing them; null to draw.</summary>
    public string? IndicesFile { get; init; }

    /// <summary>How elements become inputs; null for the way in which the weights were trained, or what is usual for the data.</summary>
    public NormalizationChoice? Normalize { get; init; }

    /// <summary>Samples of a batch.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>λ, of the l2 model's penalty and in the volume's formula, and of the penalty if that is part of the loss.</summary>
    public double WeightDecay { get; init; } = 1e-5;

    /// <summary>σ, the standard deviation of initial weights, and the prior's in the volume's formula.</summary>
    public double InitialDeviation { get; init; } = 0.5;

    /// <summary>T of the volume's formula, in units of the loss.</summary>
    public double Threshold { get; init; } = 2;

    /// <summary>k of the volume's formula.</summary>
    public double K { get; init; } = 1;

    /// <summary>How the losses of the samples become the loss whose Hessian is computed.</summary>
    public Weighting Weighting { get; init; } = Weighting.SampleMean;

    /// <summary>Whether the penalty of the weight decay is part of that loss.</summary>
    public Penalty Penalty { get; init; } = Penalty.Excluded;

    /// <summary>cpu, ilgpu-cpu, opencl, opencl:1, cuda, cuda:1 or auto.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>What the device computes in.</summary>
    public Precision Precision { get; init; } = Precision.Float64;

    /// <summary>Bytes that may be held at once on the device; null for half of what is there. Results depend on it by rounding only.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Threads of the processor. No result depends on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>How it was asked for, in one command; null where it was not by a command.</summary>
    public string? CommandLine { get; init; }

    /// <summary>What keeps the work while it is not finished; null for nothing.</summary>
    public Checkpoint? Checkpoint { get; init; }

    /// <summary>Checks every number against its range.</summary>
    /// <exception cref="OptionException">One is outside.</exception>
    public virtual void Check()
    {
        NumberRanges.Count.Demand("--samples", Samples);
        NumberRanges.Count.Demand("--batch-size", BatchSize);
        NumberRanges.Threads.Demand("--threads", Threads);
        NumberRanges.NumpySeed.Demand("--seed", Seed);
        NumberRanges.WeightDecay.Demand("--weight-decay", WeightDecay);
        NumberRanges.Deviation.Demand("--sigma", InitialDeviation);
        NumberRanges.NotebookThreshold.Demand("--threshold", Threshold);
        NumberRanges.K.Demand("--k", K);
    }
}
