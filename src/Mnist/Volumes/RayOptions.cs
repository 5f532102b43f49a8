using BasinVolume.Mnist.Curvatures;

namespace BasinVolume.Mnist.Volumes;

/// <summary>How the true loss of a run's model is followed along rays.</summary>
/// <param name="Rays">How many; 0 for none.</param>
/// <param name="Seed">What their directions are drawn from.</param>
/// <param name="Tolerance">The relative width at which a crossing counts as found.</param>
/// <param name="Preconditioner">What the directions are shaped by.</param>
/// <param name="DataFolder">The folder with the four IDX files.</param>
/// <param name="Device">Where to compute: cpu, ilgpu-cpu, opencl, cuda or auto.</param>
public sealed record RayOptions(int Rays, long Seed, double Tolerance, RayShape Preconditioner, string DataFolder, string Device)
{
    /// <summary>Checks every number against its range.</summary>
    /// <exception cref="OptionException">One is outside.</exception>
    public void Check()
    {
        NumberRanges.Rays.Demand("--rays", Rays);
        NumberRanges.Seed.Demand("--seed", Seed);
        NumberRanges.Share.Demand("--tolerance", Tolerance);
    }
}
