using System.Globalization;
using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Mnist.Limits;

namespace BasinVolume.Mnist.Jobs;

/// <summary>
/// What a job may hold in memory: on the device as much as was asked for, or half of what is free; of the host's as much when the device is the processor, else
/// half of what is free.
/// </summary>
internal static class MemoryBudget
{
    /// <summary>
    /// Matrices that a spectrum holds at once: the Hessian, what is left of it without its known zeros, and five halves that the solver for all eigenvectors
    /// works on; two halves where few are wanted.
    /// </summary>
    public const double MatricesOfASpectrum = 4.5;

    /// <summary>Those of a Hessian with its spectrum: first the sums that it is made of, then the spectrum.</summary>
    private const double MatricesOfADense = BasinVolume.Autodiff.Hessian.MostMatrices > MatricesOfASpectrum
        ? BasinVolume.Autodiff.Hessian.MostMatrices
        : MatricesOfASpectrum;

    /// <summary>Those that volumes hold: as many, and all eigenvectors in the coordinates of the parameters.</summary>
    public const double MatricesOfVolumes = 5.5;

    /// <summary>Those of volumes with a deviation for each parameter, which are solved for once more.</summary>
    public const double MatricesOfWhitenedVolumes = 9;

    private const long Aside = 512L << 20;

    /// <summary>A plan within the budget.</summary>
    /// <exception cref="DeviceException">Not even one sample and one direction fit, or the device lacks the precision.</exception>
    public static Plan<T> CreatePlan<T>(Network network, Device device, JobOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => new(network, device, PlanBudget.For<T>(network, device.Description, options.MemoryBytes ?? (device.FreeMemoryBytes / 2)));

    /// <summary>Checks that a dense Hessian with its spectrum fits, before anything is computed.</summary>
    /// <exception cref="DeviceException">It does not.</exception>
    public static void CheckDense(Network network, Device device, JobOptions options)
    {
        if (ShortageOfDense(network, device, options) is { } shortage)
            throw new DeviceException($"{shortage}; allow more with --memory if the machine has it, or take a smaller model.");
    }

    /// <summary>What a dense Hessian with its spectrum lacks, as a sentence without its end; null where both fit.</summary>
    public static string? ShortageOfDense(Network network, Device device, JobOptions options)
    {
        long allowed = SharesHostMemory(device) && options.MemoryBytes is { } asked ? asked : HostMemory.FreeBytes(device.Ranks) / 2;
        double needed = MatricesOfADense * sizeof(double) * network.ParameterCount * network.ParameterCount;
        return needed <= allowed
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"The Hessian of {network.ParameterCount} parameters and its spectrum need {ByteSize.Of(needed)} of memory, "
                + $"but {ByteSize.Of(allowed)} may be used");
    }

    /// <summary>What vectors of products may take of the host's memory: all that may be held there, or half of it where the plan has the other half.</summary>
    public static long Vectors(Device device, JobOptions options)
    {
        long half = HostMemory.FreeBytes(device.Ranks) / 2;
        return SharesHostMemory(device) ? (options.MemoryBytes ?? half) / 2 : half;
    }

    /// <summary>
    /// Keeps the heap near what vectors may take. They are long arrays, most of which are soon left behind, and the collector would let them wait until the
    /// machine's memory is used up. Of two stages the earlier one's vectors may still be held; a quarter and something more is for what is none of them.
    /// </summary>
    /// <param name="vectors">What vectors may take, in bytes.</param>
    public static void HoldDown(long vectors) => HeapLimit.Lower(GC.GetTotalMemory(forceFullCollection: false) + (vectors / 2 * 5) + Aside);

    private static bool SharesHostMemory(Device device) => device.Description.Kind.Costs.SharesHostMemory;
}
