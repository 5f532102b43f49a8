using System.Numerics;
using BasinVolume.Gpu.Ilgpu;
using BasinVolume.Kernels;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using Device = BasinVolume.Kernels.Device;

namespace BasinVolume.Benchmarks.Comparisons;

/// <summary>
/// cuBLAS in the memory and in the queue of a device of ours, through the binding of ILGPU.Algorithms; or the reason why it cannot be had.
/// cuBLAS counts columns first: a row-major matrix is its transpose there, so c = a b is asked for as cᵀ = bᵀ aᵀ.
/// </summary>
internal sealed class CuBlasAnchor<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Why there is no cuBLAS, in a sentence; null if there is.
    private readonly string? _missing;
    private readonly IlgpuDevice? _device;
    private readonly CuBlas? _library;
    private readonly Words? _words;

    private CuBlasAnchor(string missing) => _missing = missing;

    private CuBlasAnchor(IlgpuDevice device, CuBlas library) => (_device, _library, _words) = (device, library, WordsOf(library));

    private delegate void Gemm(
        CuBlasOperation left, CuBlasOperation right, int m, int n, int k,
        T alpha, ArrayView<T> a, int lda, ArrayView<T> b, int ldb, T beta, ArrayView<T> c, int ldc);

    private delegate void Syrkx(
        CuBlasFillMode half, CuBlasOperation form, int n, int k, T alpha, ArrayView<T> a, int lda, ArrayView<T> b, int ldb, T beta, ArrayView<T> c, int ldc);

    private delegate void Dgmm(
        CuBlasSideMode side, int m, int n, ArrayView<T> a, int lda, ArrayView1D<T, Stride1D.General> x, ArrayView<T> c, int ldc);

    /// <summary>cuBLAS for a device. Never throws for the lack of it.</summary>
    public static CuBlasAnchor<T> On(Device device)
    {
        if (device is not IlgpuDevice { Accelerator: CudaAccelerator card } ours)
            return new("this is no CUDA card");
        try
        {
            CuBlasLibrary.Register();
            return new(ours, new CuBlas(card));
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            string path = OperatingSystem.IsWindows() ? "PATH" : "LD_LIBRARY_PATH";
            return new($"cuBLAS (10 to 13) was not found: install the CUDA toolkit, or put the folder that has cuBLAS on {path} ({e.GetType().Name}).");
        }
        catch (CuBlasException e)
        {
            return new($"cuBLAS is there, but does not start: {e.Error}.");
        }
    }

    /// <summary>What is measured; or why it is not, in a sentence.</summary>
    public string Try(Func<string> measure)
    {
        if (_missing is not null)
            return _missing;
        try
        {
            return measure();
        }
        catch (CuBlasException e)
        {
            return $"cuBLAS gave up: {e.Error}.";
        }
    }

    /// <summary>c = a b, square and row-major.</summary>
    public void Product(int size, View<T> a, View<T> b, View<T> c)
        => _words!.Gemm(
            CuBlasOperation.NonTranspose, CuBlasOperation.NonTranspose, size, size, size,
            T.One, Elements(b), size, Elements(a), size, T.Zero, Elements(c), size);

    /// <summary>X_p = diag(w_p) X for each column of the weights [S, P]: [P, S, F].</summary>
    public void Weigh(int samples, int features, int results, View<T> weights, View<T> x, View<T> weighted)
    {
        for (int result = 0; result < results; result++)
        {
            ArrayView<T> column = Elements(weights.Slice(result, ((samples - 1) * results) + 1));
            var factors = new ArrayView1D<T, Stride1D.General>(column, samples, new Stride1D.General(results));
            _words!.Dgmm(
                CuBlasSideMode.Right, features, samples, Elements(x), features, factors, Part(weighted, result, samples * features), features);
        }
    }

    /// <summary>
    /// Half of each Gram matrix Xᵀ X_p from X and weighted X_p, [P, F, F], a call for each: elements (i, j), i ≤ j, of the row-major matrix, as ours.
    /// </summary>
    public void Halves(int samples, int features, int results, View<T> x, View<T> weighted, View<T> grams)
    {
        for (int result = 0; result < results; result++)
            _words!.Syrkx(
                CuBlasFillMode.Lower, CuBlasOperation.NonTranspose, features, samples, T.One, Elements(x), features,
                Part(weighted, result, samples * features), features, T.Zero, Part(grams, result, features * features), features);
    }

    /// <summary>The same matrices whole: twice the arithmetic, but the kernel that cuBLAS does best.</summary>
    public void Wholes(int samples, int features, int results, View<T> x, View<T> weighted, View<T> grams)
    {
        for (int result = 0; result < results; result++)
            _words!.Gemm(
                CuBlasOperation.NonTranspose, CuBlasOperation.Transpose, features, features, samples, T.One, Elements(x), features,
                Part(weighted, result, samples * features), features, T.Zero, Part(grams, result, features * features), features);
    }

    public void Dispose() => _library?.Dispose();

    // The binding has a method for each type of element and none for all.
    private static Words WordsOf(CuBlas library) => (Words)(typeof(T) == typeof(float)
        ? (object)new CuBlasAnchor<float>.Words(library.Gemm, library.Syrkx, library.Dgmm)
        : new CuBlasAnchor<double>.Words(library.Gemm, library.Syrkx, library.Dgmm));

    private ArrayView<T> Elements(View<T> view) => _device!.Take(view, view.Length);

    private ArrayView<T> Part(View<T> all, int number, int length) => Elements(all.Slice(number * length, length));

    private sealed record Words(Gemm Gemm, Syrkx Syrkx, Dgmm Dgmm);
}
