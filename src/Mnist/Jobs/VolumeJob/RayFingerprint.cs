using System.Globalization;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Basins;
using BasinVolume.Basins.Losses;
using BasinVolume.Data.Subsets;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Records;

namespace BasinVolume.Mnist.Jobs.VolumeJob;

/// <summary>The fingerprint of rays: all that a bit of what is found along them depends on.</summary>
internal static class RayFingerprint
{
    /// <summary>The fingerprint.</summary>
    /// <param name="options">What is asked.</param>
    /// <param name="source">The Hessian and what belongs to it.</param>
    /// <param name="setting">The constants.</param>
    /// <param name="network">The network.</param>
    /// <param name="opened">The network at work.</param>
    public static Fingerprint Of(VolumeOptions options, DenseSource source, VolumeSetting setting, Network network, NetworkAtWork opened)
    {
        RunModel run = source.Model!;
        double[] weights = [.. source.Weights!.Value], loss = new double[1];
        double decay = source.WeightDecay + setting.AddedDecay;
        // The samples are known by what they give.
        opened.LossWith(decay).Evaluate(weights, loss, CancellationToken.None);
        return new(
        [
            new("the program's version", ResultRecords.Versions.BasinVolume),
            new("the network", NetworkHash.Of(network)),
            new(JobFingerprint.Weights, Fingerprint.Of<double>(weights)),
            new("the Hessian's SHA-256", source.HessianSha256 ?? string.Empty),
            new("the gradient's SHA-256", Fingerprint.Of(source.Gradient!.Value.AsSpan())),
            new("the SHA-256 of the samples' indices", Indices(run)),
            new("the loss at the weights", Text(loss[0])),
            new("--precision", ChoiceNames.Of(run.Precision)),
            new(JobFingerprint.Device, opened.Device.Kind.Name),
            new(JobFingerprint.Memory, string.Create(CultureInfo.InvariantCulture, $"{opened.Chunk} samples at once")),
            new("--threshold", Text(setting.Threshold.Value)),
            new("--threshold-kind", Names.Of(setting.Threshold.Kind)),
            new("--weight-decay of the loss", Text(decay)),
            new("--sigma", Text(setting.Prior.Deviation)),
            new("--sigma-file", source.Deviations is { } deviations ? Fingerprint.Of(deviations.AsSpan()) : "none"),
            new("--prior-centre", options.PriorCentre is { } centre ? Names.Of(centre) : "none"),
            new("--zero-tolerance", Text(source.Read.Exactness.StatedZeroTolerance)),
            new("the Hessian's rounding", Text(source.Read.Exactness.UnitRoundoff)),
            new("--rays", options.Rays.Rays.ToString(CultureInfo.InvariantCulture)),
            new("--seed", options.Rays.Seed.ToString(CultureInfo.InvariantCulture)),
            new("--ray-tolerance", Text(options.Rays.Tolerance)),
            new("--preconditioner", Names.Of(options.Rays.Preconditioner)),
        ]);
    }

    /// <summary>What the job goes on with when all rays are there.</summary>
    /// <param name="options">What is asked.</param>
    public static Fingerprint Constants(VolumeOptions options) => new(
    [
        new("--k", Text(options.K)),
        new("--temperature", Text(options.Temperature)),
        new("--centre", Names.Of(options.Centre)),
        new("--population", options.Rays.Points.ToString(CultureInfo.InvariantCulture)),
    ]);

    private static string Indices(RunModel run)
    {
        long[] indices = Interop.Arrays.Npy.Read(run.IndicesFile).AsInt64();
        return SubsetHash.Of(Array.ConvertAll(indices, index => (int)index));
    }

    private static string Text(double? number) => number?.ToString("r", CultureInfo.InvariantCulture) ?? "the usual one";
}
