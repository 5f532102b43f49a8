using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BenchmarkDotNet.Attributes;

namespace BasinVolume.Benchmarks;

/// <summary>The host's matrix product; 2n³ floating-point operations.</summary>
public class MatrixProductBenchmark
{
    private HostDevice _device = null!;
    private View<double> _doubles;
    private View<float> _singles;

    [Params(256, 1024)]
    public int Order { get; set; }

    [GlobalSetup]
    public void Open()
    {
        _device = new HostDevice(Environment.ProcessorCount);
        int length = 3 * Order * Order;
        _doubles = _device.Allocate<double>(length).View;
        _singles = _device.Allocate<float>(length).View;
        _device.Kernels<double>().Fill(length, 1, _doubles);
        _device.Kernels<float>().Fill(length, 1, _singles);
    }

    [GlobalCleanup]
    public void Close() => _device.Dispose();

    [Benchmark]
    public void Float64() => _device.Kernels<double>().MatrixProduct(1, Part(_doubles, 0), Part(_doubles, 1), Part(_doubles, 2), false);

    [Benchmark]
    public void Float32() => _device.Kernels<float>().MatrixProduct(1, Part(_singles, 0), Part(_singles, 1), Part(_singles, 2), false);

    private MatrixBatch<T> Part<T>(View<T> view, int number)
        where T : unmanaged
        => MatrixBatch<T>.RowMajor(view.Slice(number * Order * Order, Order * Order), Order, Order);
}
