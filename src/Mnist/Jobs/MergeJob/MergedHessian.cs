using System.Collections;
using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Sweeps;
using BasinVolume.Interop;
using BasinVolume.Mnist.Jobs.HessianJob;
using BasinVolume.Mnist.Jobs.PartJob;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Records;

namespace BasinVolume.Mnist.Jobs.MergeJob;

/// <summary>A Hessian that was computed in parts.</summary>
/// <param name="parts">The parts.</param>
internal sealed class MergedHessian(PartSet parts) : IHessianOrigin
{
    /// <inheritdoc/>
    public void Check<T>(HessianOptions options, PreparedModel<T> start)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => parts.CheckAgainst(
            JobFingerprint.Of(options with { Penalty = Penalty.Excluded }, start.Plan, start.Weights, start.Inputs.Data, start.Inputs.Indices),
            "with --weights and --data");

    /// <inheritdoc/>
    public Hessian Of<T>(PreparedModel<T> model, ISamples samples, IHessianKeeper? keeper, IProgress<double> progress, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        try
        {
            return Hessian.OfParts(model.Plan.Network, [.. parts.All.Select(PartOf)]);
        }
        catch (NetworkException e)
        {
            throw new DataException($"The parts do not add up: {e.Message}", e);
        }
    }

    private static HessianPart PartOf(FoundPart part)
    {
        ShareRecord share = part.Record.Share;
        double[][] roots = part.ReadRows(HessianNumbers.Roots, HessianNumbers.OfRoot);
        return new(part.Record.Part, part.Record.Parts, share.All, share.Shards ?? 0, new StoredRoots(part, roots), share.Difference ?? double.NaN);
    }

    // One after the other is read and added, for all of them may be more than the memory holds.
    private sealed class StoredRoots(FoundPart part, double[][] roots) : IReadOnlyList<HessianRoot>
    {
        public int Count => roots.Length;

        public HessianRoot this[int index] => HessianNumbers.Root(roots[index], part.Read);

        public IEnumerator<HessianRoot> GetEnumerator() => Enumerable.Range(0, Count).Select(index => this[index]).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
