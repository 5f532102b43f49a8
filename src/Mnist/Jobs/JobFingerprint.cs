using System.Globalization;
using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Subsets;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Jobs;

/// <summary>
/// The fingerprint of a job: all that a bit of its derivatives depends on. Threads are not in it, as no bit depends on them, and neither are the constants of
/// volumes, which are asked for of a Hessian that is there.
/// </summary>
public static class JobFingerprint
{
    /// <summary>Under which name the hash of the weights stands.</summary>
    public const string Weights = "the weights' SHA-256";

    /// <summary>Under which name what <c>--memory</c> allows stands.</summary>
    public const string Memory = "what --memory allows";

    /// <summary>Under which name the kind of device stands.</summary>
    public const string Device = "--device";

    /// <summary>The fingerprint.</summary>
    /// <typeparam name="T">What the device computes in.</typeparam>
    /// <param name="options">What is asked; without its penalty for a matrix that a penalty is added to afterwards.</param>
    /// <param name="plan">The network on its device, with its chunk.</param>
    /// <param name="weights">The weights, all n in the network's order; of a training those that it begins with.</param>
    /// <param name="data">The data.</param>
    /// <param name="indices">The training samples that are used, in order.</param>
    /// <param name="matrix">Which second derivatives.</param>
    public static Fingerprint Of<T>(
        JobOptions options, Plan<T> plan, ReadOnlySpan<double> weights, DataParts data, int[] indices, CurvatureMatrix matrix = CurvatureMatrix.Hessian)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(data);
        return new(
        [
            .. OfInputs(plan.Network, weights, data, indices).Entries,
            new("--weighting", ChoiceNames.Of(options.Weighting)),
            new("--batch-size", Text(options.BatchSize)),
            new("--precision", typeof(T) == typeof(float) ? ChoiceNames.Of(Precision.Float32) : ChoiceNames.Of(Precision.Float64)),
            new(Device, plan.Device.Description.Kind.Name),
            new(Memory, Text(plan.Budget)),
            new("--penalty", options.Penalty == Penalty.Included ? $"included with --weight-decay {Text(options.WeightDecay)}" : "excluded"),
            new("--matrix", ChoiceNames.Of(matrix)),
        ]);
    }

    /// <summary>The part of it that is known before there is a plan: what is computed from.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">The weights, all n in the network's order.</param>
    /// <param name="data">The data.</param>
    /// <param name="indices">The training samples that are used, in order.</param>
    public static Fingerprint OfInputs(Network network, ReadOnlySpan<double> weights, DataParts data, int[] indices)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(indices);
        return new(
        [
            new("the program's version", ResultRecords.Versions.BasinVolume),
            new("the network", NetworkHash.Of(network)),
            new(Weights, Fingerprint.Of(weights)),
            .. data.Sha256.OrderBy(file => file.Key, StringComparer.Ordinal).Select(
                file => KeyValuePair.Create($"the SHA-256 of {Printable.Name(file.Key)}", file.Value)),
            new("the number of samples", Text(indices.Length)),
            new("the SHA-256 of the samples' indices", SubsetHash.Of(indices)),
            new("--normalize", data.Inputs.Used.Spelling),
        ]);
    }

    private static string Text(PlanBudget budget)
        => string.Create(CultureInfo.InvariantCulture, $"{budget.Samples} samples and {budget.DirectionBytes} bytes of directions at once");

    private static string Text(double number) => number.ToString("r", CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
