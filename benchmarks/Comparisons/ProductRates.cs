using System.Numerics;
using BasinVolume.Gpu.Devices;
using BasinVolume.Kernels;

namespace BasinVolume.Benchmarks.Comparisons;

/// <summary>Our matrix product and our Gram matrices on one device, beside cuBLAS on the same one, each as a cell of a table.</summary>
internal static class ProductRates
{
    // Launches are queued, and a wait at their end is shared by all; the processor does one word after the other.
    private const int Queued = 20;

    /// <summary>The product of square matrices.</summary>
    public static (string Ours, string Theirs) Square<T>(string spec, int size)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using Device device = DeviceCatalog.Open(spec, Environment.ProcessorCount);
        using var cuBlas = CuBlasAnchor<T>.On(device);
        using DeviceBuffer<T> a = RandomMatrices.Square<T>(device, size),
            b = RandomMatrices.Square<T>(device, size),
            ours = device.Allocate<T>(size * size),
            theirs = device.Allocate<T>(size * size);
        MatrixBatch<T> left = MatrixBatch<T>.RowMajor(a.View, size, size),
            right = MatrixBatch<T>.RowMajor(b.View, size, size),
            product = MatrixBatch<T>.RowMajor(ours.View, size, size);
        double seconds = Seconds(device, () => device.Kernels<T>().MatrixProduct(1, left, right, product, false), ours.View);
        return (
            Rate(seconds, size),
            cuBlas.Try(() => Rate(Seconds(device, () => cuBlas.Product(size, a.View, b.View, theirs.View), theirs.View), size)
                + Apart(ours.View, theirs.View, size, _ => 0)));
    }

    /// <summary>
    /// Weighted Gram matrices, as the block of a linear layer takes them. cuBLAS knows none with weights: the weighted copies of X that it needs are counted.
    /// </summary>
    public static (string Ours, string Halves, string Wholes) Grams<T>(string spec, int samples, int features, int results)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using Device device = DeviceCatalog.Open(spec, Environment.ProcessorCount);
        using var cuBlas = CuBlasAnchor<T>.On(device);
        using DeviceBuffer<T> x = RandomMatrices.Of<T>(device, samples, features),
            weights = RandomMatrices.Of<T>(device, samples, results),
            weighted = device.Allocate<T>(results * samples * features),
            ours = device.Allocate<T>(results * features * features),
            theirs = device.Allocate<T>(results * features * features);
        var columns = MatrixBatch<T>.RowMajor(weights.View, samples, results);
        double seconds = Seconds(device, () => device.Kernels<T>().WeightedGram(features, columns, x.View, ours.View), ours.View);
        return (Time(seconds), Theirs(cuBlas.Halves), Theirs(cuBlas.Wholes));

        string Theirs(Action<int, int, int, View<T>, View<T>, View<T>> products) => cuBlas.Try(() => Time(Seconds(
            device,
            () =>
            {
                cuBlas.Weigh(samples, features, results, weights.View, x.View, weighted.View);
                products(samples, features, results, x.View, weighted.View, theirs.View);
            },
            theirs.View)) + Apart(ours.View, theirs.View, features, row => row % features));
    }

    private static double Seconds<T>(Device device, Action launch, View<T> result)
        where T : unmanaged
    {
        int queued = device.Description.Kind.Costs.QueuesKernels ? Queued : 1;
        var element = new T[1];
        return Stopwatches.Median(5, () =>
        {
            for (int i = 0; i < queued; i++)
                launch();
            result.Slice(0, 1).Read(element);
        }) / queued;
    }

    // How far two results lie apart, so that nobody compares the times of different things: the largest difference beside the largest element.
    // Of each row the elements from a first one on are looked at.
    private static string Apart<T>(View<T> ours, View<T> theirs, int columns, Func<int, int> first)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] a = new T[ours.Length], b = new T[ours.Length];
        ours.Read(a);
        theirs.Read(b);
        int[] compared = [.. Enumerable.Range(0, a.Length).Where(i => i % columns >= first(i / columns))];
        double largest = compared.Max(i => double.CreateTruncating(T.Abs(a[i])));
        double apart = compared.Max(i => double.CreateTruncating(T.Abs(a[i] - b[i])));
        return FormattableString.Invariant($" (apart by {apart / largest:g2})");
    }

    private static string Rate(double seconds, int size) => FormattableString.Invariant($"{2e-12 * size * size * size / seconds:g3} TFLOP/s");

    private static string Time(double seconds) => FormattableString.Invariant($"{1000 * seconds:g3} ms");
}
