using System.Diagnostics;
using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Data;
using BasinVolume.Data.Samples;
using BasinVolume.Gpu.Devices;
using BasinVolume.Kernels;

namespace BasinVolume.Benchmarks.Comparisons;

/// <summary>
/// What one device does: matrix products and Gram matrices, beside cuBLAS where that can be had, and the notebook's Hessian from images in the host's memory to
/// a matrix in the host's memory.
/// </summary>
internal static class DeviceRates
{
    // Of the notebook's linear layer.
    private const int Features = 169;
    private const int Classes = 10;

    public static void Run(string spec)
    {
        DataParts data = DataFiles.Load(Path.Combine("data", "mnist"));
        string name;
        using (Device device = DeviceCatalog.Open(spec, Environment.ProcessorCount))
            name = device.Description.Name;
        Console.WriteLine($"{name}, {DateTime.UtcNow:yyyy-MM-dd}, .NET {Environment.Version}");
        Console.WriteLine();
        var table = new Table("float32", "float64");
        foreach (int size in (int[])[1024, 2048, 4096])
        {
            (string Ours, string Theirs) single = ProductRates.Square<float>(spec, size), wide = ProductRates.Square<double>(spec, size);
            table.Add($"matrix product {size}", single.Ours, wide.Ours);
            table.Add("the same by cuBLAS", single.Theirs, wide.Theirs);
        }

        foreach (int samples in (int[])[1500, 4096])
        {
            (string Ours, string Halves, string Wholes) single = ProductRates.Grams<float>(spec, samples, Features, Classes),
                wide = ProductRates.Grams<double>(spec, samples, Features, Classes);
            table.Add($"{Classes} weighted Gram matrices of {Features} features, {samples} images", single.Ours, wide.Ours);
            table.Add("the same by cuBLAS's dgmm and syrkx", single.Halves, wide.Halves);
            table.Add("by its dgmm and gemm, twice the arithmetic", single.Wholes, wide.Wholes);
        }

        foreach ((int samples, int repeats) in (ReadOnlySpan<(int, int)>)[(1500, 21), (60000, 3)])
        {
            (string First, string Median) single = Seconds<float>(spec, data, samples, repeats), wide = Seconds<double>(spec, data, samples, repeats);
            table.Add($"Hessian, {samples} images, the first with its kernels built", single.First, wide.First);
            table.Add($"Hessian, {samples} images, median", single.Median, wide.Median);
        }

        table.Write();
    }

    private static (string First, string Median) Seconds<T>(string spec, DataParts data, int samples, int repeats)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var work = new NotebookCase<T>(DeviceCatalog.Open(spec, Environment.ProcessorCount), data, "notebook", samples);
        long start = Stopwatch.GetTimestamp();
        Hessian.Compute(work.Plan, work.Samples);
        double first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        double median = 1000 * Stopwatches.Median(repeats, () => Hessian.Compute(work.Plan, work.Samples));
        return (FormattableString.Invariant($"{first:g4} ms"), FormattableString.Invariant($"{median:g4} ms"));
    }
}
