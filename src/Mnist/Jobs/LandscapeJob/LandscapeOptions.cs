using System.Collections.Immutable;
using BasinVolume.Basins.Landscapes;
using BasinVolume.Data.Formats;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Jobs.LandscapeJob;

/// <summary>What a landscape can be asked for.</summary>
public sealed record LandscapeOptions
{
    /// <summary>What is drawn when nothing is asked for.</summary>
    public static ImmutableArray<DirectionChoice> UsualDirections { get; } =
        [new(DirectionKind.Leading, 2), new(DirectionKind.Negative, 1), new(DirectionKind.Random, 1)];

    /// <summary>The folder of a run with a Hessian; null while that is still to be computed.</summary>
    public string? RunFolder { get; init; }

    /// <summary>Which of the run's models; null for its first one.</summary>
    public string? Name { get; init; }

    /// <summary>The folder for the results.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>Where the data is, and what is said of it.</summary>
    public required DataRequest Data { get; init; }

    /// <summary>Along which directions.</summary>
    public ImmutableArray<DirectionChoice> Directions { get; init; } = UsualDirections;

    /// <summary>Points of a line, its ends among them.</summary>
    public int Points { get; init; } = 41;

    /// <summary>Points of a side of the plane, its ends among them; 0 for no plane.</summary>
    public int Side { get; init; } = 21;

    /// <summary>R: a line goes from −R to R, in the units of the weights; null for a distance that follows each direction's curvature.</summary>
    public double? Range { get; init; }

    /// <summary>What random directions are drawn from.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>cpu, ilgpu-cpu, opencl, opencl:1, cuda, cuda:1 or auto.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Threads of the processor. No result depends on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>How it was asked for, in one command; null where it was not by a command.</summary>
    public string? CommandLine { get; init; }

    /// <summary>What keeps the work while it is not finished; null for nothing.</summary>
    public Checkpoint? Checkpoint { get; init; }

    /// <summary>Checks what can be checked before anything is read.</summary>
    /// <exception cref="OptionException">Something is outside its range.</exception>
    public void Check()
    {
        NumberRanges.Points.Demand("--points", Points);
        NumberRanges.Side.Demand("--side", Side);
        if (Side == 1)
            throw new OptionException("--side must be 0 or at least 2; got 1.");
        NumberRanges.Reach.Demand("--reach", Range);
        NumberRanges.Seed.Demand("--seed", Seed);
        NumberRanges.Threads.Demand("--threads", Threads);
    }
}
