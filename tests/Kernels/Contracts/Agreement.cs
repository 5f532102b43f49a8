using System.Numerics;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Kernels.Tests.Contracts;

/// <summary>
/// How far two devices may be apart, in units in the last place of the largest element of the result (terms of a sum cancel; its rounding errors do not).
/// The simulator is what devices are compared with, and PoCL has its bits in every kernel: neither fuses a product with a sum, and the elementary functions are
/// our own.
/// </summary>
/// <param name="Host">Units between the simulator and the processor's own kernels, which fuse, and sum in lanes.</param>
/// <param name="Cuda">Units between the simulator and a CUDA card, whose assembler fuses. Derived; an H200 keeps to it.</param>
internal readonly record struct Agreement(int Host, int Cuda)
{
    /// <summary>
    /// An element is not rounded, or once, or by operations that nobody can fuse (a difference, then a product): IEEE arithmetic leaves no choice.
    /// </summary>
    public static Agreement Exact => default;

    /// <summary>
    /// A pointwise function: the host runs the same source and fuses nothing. Fused, an elementary function in it still is within 4 units (Erfc; the others 1),
    /// and what is made of it takes some ten operations more.
    /// </summary>
    public static Agreement SharedSource => new(Host: 0, Cuda: 16);

    /// <summary>
    /// A sum of so many products, in any order, fused or not: in each of the two sums an addition is rounded by half a unit of a partial sum,
    /// and partial sums of random terms are no larger than the largest of many such sums.
    /// </summary>
    public static Agreement Sum(int terms) => new(Host: terms, Cuda: terms);

    /// <summary>A softmax of so many classes: a sum of exponentials, then a quotient or a logarithm. The host runs the same source and fuses nothing.</summary>
    public static Agreement Softmax(int classes) => new(Host: 0, Cuda: classes + 16);

    /// <summary>Compares the results of one kernel on a device with the simulator's.</summary>
    public void AssertHolds<T>(string device, T[] simulator, T[] actual, string what)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Assert.Equal(simulator.Length, actual.Length);
        int units = UlpsOn(device);
        double ulp = Ulp(simulator), allowed = units * ulp;
        for (int i = 0; i < actual.Length; i++)
        {
            if (SameBits(simulator[i], actual[i]) || (units > 0 && Math.Abs(Numbers.Double(simulator[i]) - Numbers.Double(actual[i])) <= allowed))
                continue;
            Assert.Fail($"{what}: [{i}] is {actual[i]:R} on {device} and {simulator[i]:R} on the simulator; allowed are {units} units of {ulp}");
        }
    }

    /// <summary>The same number, +0 and −0 told apart. All NaNs are one: which of them an operation gives is the processor's choice.</summary>
    private static bool SameBits<T>(T x, T y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => (x == y && T.IsNegative(x) == T.IsNegative(y)) || (T.IsNaN(x) && T.IsNaN(y));

    private static double Ulp<T>(T[] values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T largest = values.Where(T.IsFinite).Select(T.Abs).DefaultIfEmpty(T.Zero).Max();
        return Numbers.Double(T.BitIncrement(largest) - largest);
    }

    private int UlpsOn(string device) => device switch
    {
        TestDevices.Cpu => Host,
        TestDevices.Cuda => Cuda,
        _ => 0,
    };
}
