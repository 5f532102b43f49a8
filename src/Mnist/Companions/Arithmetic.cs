using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using BasinVolume.Mnist.Jobs;

namespace BasinVolume.Mnist.Companions;

/// <summary>
/// What a machine's own arithmetic gives, for processes that must come to the same decisions: the width of its vectors decides in which order host kernels add,
/// and its mathematical library in which bit a logarithm ends.
/// </summary>
internal static class Arithmetic
{
    private const int Probes = 500;

    /// <summary>The entries of a fingerprint.</summary>
    public static KeyValuePair<string, string>[] Entries() =>
    [
        new("the processor", RuntimeInformation.ProcessArchitecture.ToString()),
        new("the width of its vectors in bits", Vector512.IsHardwareAccelerated ? "512" : Vector256.IsHardwareAccelerated ? "256" : "128"),
        new("the runtime", RuntimeInformation.FrameworkDescription),
        new("the SHA-256 of what its mathematical functions give", Fingerprint.Of<double>([.. Enumerable.Range(1, Probes).SelectMany(Values)])),
    ];

    // At places without a pattern: multiples of the golden section.
    private static IEnumerable<double> Values(int i)
    {
        double x = 0.618033988749894848 * i;
        return [Math.Exp(-x), Math.Log(x), Math.Log(1 + (1 / x)), Math.Tanh(x / Probes), Math.Sin(x), Math.Cos(x), Math.Pow(x, -1.5), Math.Sinh(1 / x)];
    }
}
