using System.Collections.Immutable;
using BasinVolume.Mnist.Matrices;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Jobs.SpectrumJob;

/// <summary>What the spectrum of a matrix can be asked for. The matrix is either anyone's file or a run's.</summary>
public sealed record SpectrumOptions
{
    /// <summary>A .npy file with a symmetric matrix; null if it is a run's.</summary>
    public string? HessianFile { get; init; }

    /// <summary>The folder of a run; null if the matrix is a file.</summary>
    public string? RunFolder { get; init; }

    /// <summary>Which of the run's models; null for its first one.</summary>
    public string? Name { get; init; }

    /// <summary>The folder for the results.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>K: eigenvectors of the K largest eigenvalues and of the up to K most negative ones.</summary>
    public int Vectors { get; init; }

    /// <summary>Which eigenvalues are written; everything that is said of the spectrum is of all of them.</summary>
    public EigenvalueRange Range { get; init; } = EigenvalueRange.All;

    /// <summary>The dampings μ; null for a grid that follows the matrix.</summary>
    public ImmutableArray<double>? Dampings { get; init; }

    /// <summary>What was said of how exact the matrix is.</summary>
    public StatedExactness Exactness { get; init; } = new();

    /// <summary>Threads of the processor. No result depends on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>How it was asked for, in one command; null where it was not by a command.</summary>
    public string? CommandLine { get; init; }

    /// <summary>Checks what can be checked before anything is read.</summary>
    /// <exception cref="OptionException">Something is outside its range, or two options exclude each other.</exception>
    public void Check()
    {
        if (HessianFile is null == RunFolder is null)
            throw new OptionException("The matrix comes either from --hessian FILE.npy or from --run DIR; give one of the two.");
        Exactness.Check();
        NumberRanges.Vectors.Demand("--vectors", Vectors);
        NumberRanges.Threads.Demand("--threads", Threads);
    }
}
