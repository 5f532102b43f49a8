using System.Numerics;
using System.Runtime.CompilerServices;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Plans;

/// <summary>How much a plan may hold at once. The result depends on it by rounding only.</summary>
/// <param name="Samples">Samples of a chunk, at least 1.</param>
/// <param name="DirectionBytes">Bytes for the tangents of a block of directions; at least one direction is always taken.</param>
public sealed record PlanBudget(int Samples, long DirectionBytes)
{
    /// <summary>
    /// Most chunks that are held at once, at least 1: a processor's threads may have one each. No result depends on it.
    /// </summary>
    public int Lanes { get; init; } = 1;

    /// <summary>
    /// What suits a device, shrunk until it fits into an amount of memory: first the block of directions, down to one, then the chunk of samples, by halves.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="device">The device.</param>
    /// <param name="bytes">What the plan may take of the device's memory.</param>
    /// <exception cref="DeviceException">Not even one sample and one direction fit.</exception>
    public static PlanBudget For<T>(Network network, DeviceDescription device, long bytes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(device);
        DeviceCosts costs = device.Kind.Costs;
        return Shrunk<T>(network, new(ChunkSize.Of(network, costs.Samples, costs.ChunkElements), costs.DirectionBytes), bytes);
    }

    /// <summary>
    /// What suits a device that computes losses at many weight vectors, whose samples count for each vector:
    /// chunks of more samples, and no more memory for directions than the least; shrunk until it fits.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="device">The device.</param>
    /// <param name="bytes">What the plan may take of the device's memory.</param>
    /// <exception cref="DeviceException">Not even one sample and one direction fit.</exception>
    public static PlanBudget ForManyVectors<T>(Network network, DeviceDescription device, long bytes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(device);
        DeviceCosts costs = device.Kind.Costs;
        // There are no adjoints.
        return Shrunk<T>(network, new(ChunkSize.Of(network, costs.SamplesOfManyVectors, 2 * costs.ChunkElements), 0), bytes);
    }

    // There are no more shards.
    private const int MostLanes = 64;

    private static PlanBudget Shrunk<T>(Network network, PlanBudget usual, long bytes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int samples = usual.Samples;
        while (samples > 1 && (Needs(samples) > bytes || Largest(samples) > Array.MaxLength))
            samples /= 2;
        if (Largest(samples) > Array.MaxLength)
            throw new DeviceException(
                $"One sample and one direction of this network need a buffer of {Largest(1)} elements, but one buffer holds at most {Array.MaxLength}; "
                + $"take a smaller network.");
        if (Needs(samples) > bytes)
            throw new DeviceException(
                $"One sample and one direction of this network need {ByteSize.Of(Needs(1))} on the device, but only {ByteSize.Of(bytes)} may be used; "
                + $"allow more memory or take a smaller network.");
        // Tangents and Gram matrices take this much each, or their least if that is more.
        long left = bytes - Fixed(samples);
        var budget = new PlanBudget(
            samples, Math.Min(Math.Min(usual.DirectionBytes, left / 2), left - Math.Max(LeastDirections(samples), LeastGrams())));
        long each = Fixed(samples) + Math.Max(budget.DirectionBytes, LeastDirections(samples)) + Math.Max(budget.DirectionBytes, LeastGrams());
        return budget with { Lanes = (int)Math.Clamp(bytes / each, 1, MostLanes) };

        long Needs(int count) => Fixed(count) + LeastDirections(count) + LeastGrams();
        long Fixed(int count) => ChunkMemory<T>.Bytes(network, count) + (DirectionMemory<T>.GramWorkspaces(network, count) * Unsafe.SizeOf<T>());
        long LeastDirections(int count) => DirectionLayout<T>.Least(network, count) * Unsafe.SizeOf<T>();
        long Largest(int count) => Math.Max(
            Math.Max(ChunkMemory<T>.LargestBuffer(network, count), DirectionLayout<T>.Least(network, count)),
            DirectionMemory<T>.LargestGramWorkspace(network, count));
        long LeastGrams() => DirectionMemory<T>.LeastGrams(network) * Unsafe.SizeOf<T>();
    }
}
