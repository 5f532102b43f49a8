using System.Numerics;
using BasinVolume.Autodiff.Networks;

namespace BasinVolume.Autodiff.Plans;

/// <summary>
/// How many samples go through a network at once. Their values and adjoints are written by one pass and read by the next, so they should stay in the caches;
/// but each chunk also reads all parameters and adds a gradient, which only many samples repay. The answer follows from the network and the kind of device
/// alone, so that results do not depend on the machine's load or its number of threads.
/// </summary>
internal static class ChunkSize
{
    // Fewer leave threads without work.
    private const int LeastSamples = 16;

    // A chunk's values are this many times as many as parameters: reading parameters and adding the gradient is then a tenth of the memory's work.
    private const int ValuesOfParameter = 12;

    /// <summary>A power of 2 unless it is all that is allowed.</summary>
    /// <param name="network">The network.</param>
    /// <param name="most">What keeps the device busy in any case.</param>
    /// <param name="elements">Numbers that stay in the caches.</param>
    public static int Of(Network network, int most, long elements)
    {
        long ofSample = ElementsOfSample(network);
        long wanted = Math.Max(elements / ofSample, ValuesOfParameter * (long)network.ParameterCount / ofSample);
        return wanted >= most ? most : Math.Min(most, Math.Max(LeastSamples, 1 << BitOperations.Log2((uint)Math.Max(1, wanted))));
    }

    // Values, and adjoints of those that depend on parameters.
    private static long ElementsOfSample(Network network)
    {
        bool[] adjoints = Reach.Adjoints(network, 0);
        return Math.Max(1, network.Values.Select((shape, value) => (long)shape.Size * (adjoints[value] ? 2 : 1)).Sum());
    }
}
