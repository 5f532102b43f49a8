using BasinVolume.Autodiff.Networks;
using BasinVolume.Basins;
using BasinVolume.Basins.Losses;
using BasinVolume.Interop;
using BasinVolume.Mnist.Jobs.PartJob;
using BasinVolume.Mnist.Jobs.VolumeJob;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Records;

namespace BasinVolume.Mnist.Jobs.MergeJob;

/// <summary>Rays that were followed in parts.</summary>
/// <param name="parts">The parts.</param>
internal sealed class MergedRays(PartSet parts) : IRayOrigin
{
    /// <inheritdoc/>
    public void Check(VolumeOptions options, DenseSource source, VolumeSetting setting, Network network, NetworkAtWork opened)
    {
        parts.CheckAgainst(RayFingerprint.Of(options, source, setting, network, opened), "with --run and --data");
        foreach (FoundPart part in parts.All)
        {
            ShareRecord share = part.Record.Share;
            (int first, int end) = new Shard(part.Record.Part, part.Record.Parts).Of(options.Rays.Rays);
            if ((share.All, share.First, share.Count) != (options.Rays.Rays, first, end - first))
                throw new DataException(
                    $"{part.Folder} has {share.Count} of {share.All} rays from ray {share.First} on, where part {part.Record.Part} of {part.Record.Parts} has "
                    + $"{end - first} of {options.Rays.Rays} from ray {first} on; {part.Again}.");
        }
    }

    /// <inheritdoc/>
    public RayResult Of(RayStudy study, double[] weights, double weightDecay)
    {
        var all = RayShare.Joined([.. parts.All.Select(Share)]);
        return study.FaultOf(all) is { } fault
            ? throw new DataException($"The parts do not add up: {fault}; compute them again.")
            : study.Of(all, weights, weightDecay);
    }

    private static RayShare Share(FoundPart part)
        => RayNumbers.Read(part.Record.Share, VolumeSweep.Factors.Length, part.Record.Seconds ?? 0, part.Read, part.ReadRows);
}
