using BasinVolume.Basins;
using BasinVolume.Data.Formats;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Jobs.VolumeJob;

/// <summary>How the true loss of a run's model is followed along rays, and over the prior.</summary>
/// <param name="Rays">How many rays; 0 for none.</param>
/// <param name="Points">Points in each population that is moved below falling levels of the loss; 0 for none.</param>
/// <param name="Seed">What rays and points are drawn from.</param>
/// <param name="Tolerance">The relative width at which a crossing counts as found.</param>
/// <param name="Preconditioner">What the directions are shaped by.</param>
/// <param name="Data">Where the data is, and what is said of it.</param>
/// <param name="Device">Where to compute: cpu, ilgpu-cpu, opencl, cuda or auto.</param>
public sealed record RayOptions(int Rays, int Points, long Seed, double Tolerance, RayShape Preconditioner, DataRequest Data, string Device)
{
    /// <summary>Points in each population, where they are not chosen: docs/volume.md has what they give and what they cost.</summary>
    public const int UsualPoints = 16;

    /// <summary>What is followed along rays.</summary>
    public RayStudyOptions Study => new(Rays, Seed, Tolerance, Preconditioner);

    /// <summary>Whether the true loss is asked for at all.</summary>
    public bool NeedLoss => Rays > 0 || Points > 0;

    /// <summary>Checks every number against its range.</summary>
    /// <exception cref="OptionException">One is outside.</exception>
    public void Check()
    {
        NumberRanges.Rays.Demand("--rays", Rays);
        NumberRanges.PopulationPoints.Demand("--population", Points);
        if (Points == 1)
            throw new OptionException("--population 1 is no population, as one point has no half: give at least 2, or 0 for none.");
        NumberRanges.Seed.Demand("--seed", Seed);
        NumberRanges.Share.Demand("--ray-tolerance", Tolerance);
    }
}
