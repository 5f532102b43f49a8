using System.Numerics;
using BasinVolume.Benchmarks.Comparisons;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Benchmarks.PeerGroups;

/// <summary>A product of two square matrices, ready to be timed on the processor.</summary>
internal sealed class SquareProduct<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HostDevice _device = new(Environment.ProcessorCount);
    private readonly DeviceBuffer<T>[] _matrices;
    private readonly int _size;

    public SquareProduct(int size)
    {
        _size = size;
        _matrices = [.. Enumerable.Range(0, 3).Select(_ => RandomMatrices.Square<T>(_device, size))];
    }

    /// <summary>Its multiplications and additions.</summary>
    public double Arithmetic => 2.0 * _size * _size * _size;

    public void Run() => _device.Kernels<T>().MatrixProduct(1, Matrix(0), Matrix(1), Matrix(2), false);

    public void Dispose()
    {
        foreach (DeviceBuffer<T> matrix in _matrices)
            matrix.Dispose();
        _device.Dispose();
    }

    private MatrixBatch<T> Matrix(int number) => MatrixBatch<T>.RowMajor(_matrices[number].View, _size, _size);
}
