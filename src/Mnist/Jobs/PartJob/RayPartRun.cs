using System.Diagnostics;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Jobs.VolumeJob;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Findings;

namespace BasinVolume.Mnist.Jobs.PartJob;

/// <summary>The job for a share of the rays of a run's model. What all rays together are needed for is left to whoever has them.</summary>
public static class RayPartRun
{
    /// <summary>Checks that there are rays, and that nothing comes before them that is no part of a share.</summary>
    /// <exception cref="OptionException">It is not so.</exception>
    public static void Check(VolumeOptions options, Shard shard)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.RunFolder is null)
            throw new OptionException($"--shard {shard} is a share of the rays of a run's model; give the run with --run DIR.");
        if (options.Rays.Rays == 0)
            throw new OptionException($"--shard {shard} is a share of the rays, and --rays 0 asks for none; give their number with --rays.");
        if (options.Converge is not null)
            throw new OptionException(
                $"--converge moves the weights step by step, so that no part of it can be computed on its own, as --shard {shard} would; "
                + "move them first, compute the Hessian there, and take the rays of that run.");
    }

    /// <summary>Does the job; its numbers are told.</summary>
    /// <param name="options">What is asked, checked.</param>
    /// <param name="shard">Which share.</param>
    /// <param name="findings">Who is told what is found.</param>
    /// <param name="view">Who watches.</param>
    /// <param name="cancellation">Stops it at the next evaluation.</param>
    /// <exception cref="ExplainedException">The run, its data, the device or what is asked is not as it should be.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static PartResult Execute(VolumeOptions options, Shard shard, IFindings findings, IRunView view, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(shard);
        ArgumentNullException.ThrowIfNull(findings);
        long beginning = Stopwatch.GetTimestamp();
        PartOfRays found = new VolumeRun(options, findings, view, cancellation).Part(shard);
        foreach (PartArray numbers in RayNumbers.Of(found.Share))
            findings.Part(numbers);
        return new(
            shard,
            found.Model,
            new()
            {
                Of = "rays",
                All = options.Rays.Rays,
                First = found.First,
                Count = found.End - found.First,
                Before = found.Share.Before,
                Evaluations = found.Share.Evaluations,
            },
            found.Fingerprint,
            RayFingerprint.Constants(options),
            found.Device,
            Stopwatch.GetElapsedTime(beginning).TotalSeconds);
    }
}
