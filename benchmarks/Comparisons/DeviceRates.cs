using System.Diagnostics;
using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Data;
using BasinVolume.Data.Samples;
using BasinVolume.Gpu.Devices;
using BasinVolume.Kernels;

namespace BasinVolume.Benchmarks.Comparisons;

/// <summary>What one device does: matrix products, and the notebook's Hessian from images in the host's memory to a matrix in the host's memory.</summary>
internal static class DeviceRates
{
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
            table.Add($"matrix product {size}", Product<float>(spec, size), Product<double>(spec, size));
        foreach ((int samples, int repeats) in (ReadOnlySpan<(int, int)>)[(1500, 21), (60000, 3)])
        {
            (string First, string Median) single = Seconds<float>(spec, data, samples, repeats), wide = Seconds<double>(spec, data, samples, repeats);
            table.Add($"Hessian, {samples} images, the first with its kernels built", single.First, wide.First);
            table.Add($"Hessian, {samples} images, median", single.Median, wide.Median);
        }

        table.Write();
    }

    private static string Product<T>(string spec, int size)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using Device device = DeviceCatalog.Open(spec, Environment.ProcessorCount);
        using DeviceBuffer<T> a = RandomMatrices.Square<T>(device, size),
            b = RandomMatrices.Square<T>(device, size),
            c = RandomMatrices.Square<T>(device, size);
        MatrixBatch<T> left = MatrixBatch<T>.RowMajor(a.View, size, size),
            right = MatrixBatch<T>.RowMajor(b.View, size, size),
            product = MatrixBatch<T>.RowMajor(c.View, size, size);
        // Launches are queued, and a wait at their end is shared by all; the processor does one word after the other.
        int queued = device.Description.Kind.Costs.QueuesKernels ? 20 : 1;
        var element = new T[1];
        double seconds = Stopwatches.Median(5, () =>
        {
            for (int i = 0; i < queued; i++)
                device.Kernels<T>().MatrixProduct(1, left, right, product, false);
            c.View.Slice(0, 1).Read(element);
        });
        return FormattableString.Invariant($"{2e-12 * size * size * size * queued / seconds:g3} TFLOP/s");
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
