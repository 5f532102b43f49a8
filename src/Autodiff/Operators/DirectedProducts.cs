using System.Numerics;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Operators;

/// <summary>
/// Products of V · P pairs of matrices where one factor is there for each of V directions, [V, P, ..], and the other is shared by them, [P, ..].
/// A batch has one stride, so that there is a launch for each direction, or one for each pair where these are fewer; the bits are the same.
/// </summary>
/// <param name="kernels">The device's kernels.</param>
/// <param name="directions">V.</param>
/// <param name="pairs">P.</param>
internal readonly struct DirectedProducts<T>(IKernels<T> kernels, int directions, int pairs)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>c_vp = a_vp b_p.</summary>
    public void OfLeft(in MatrixBatch<T> a, in MatrixBatch<T> b, in MatrixBatch<T> c, bool accumulate)
    {
        for (int launch = 0; launch < Launches; launch++)
            kernels.MatrixProduct(Entries, Directed(a, launch), Shared(b, launch), Directed(c, launch), accumulate);
    }

    /// <summary>c_vp = a_p b_vp.</summary>
    public void OfRight(in MatrixBatch<T> a, in MatrixBatch<T> b, in MatrixBatch<T> c, bool accumulate)
    {
        for (int launch = 0; launch < Launches; launch++)
            kernels.MatrixProduct(Entries, Shared(a, launch), Directed(b, launch), Directed(c, launch), accumulate);
    }

    private bool LaunchesDirections => directions <= pairs;

    private int Launches => LaunchesDirections ? directions : pairs;

    private int Entries => LaunchesDirections ? pairs : directions;

    private MatrixBatch<T> Directed(in MatrixBatch<T> matrices, int launch)
        => LaunchesDirections
            ? From(matrices, launch * pairs * matrices.BatchStride, matrices.BatchStride)
            : From(matrices, launch * matrices.BatchStride, pairs * matrices.BatchStride);

    private MatrixBatch<T> Shared(in MatrixBatch<T> matrices, int launch)
        => LaunchesDirections ? matrices : From(matrices, launch * matrices.BatchStride, 0);

    private static MatrixBatch<T> From(in MatrixBatch<T> matrices, int start, int batchStride)
        => matrices with { Data = matrices.Data.Slice(start, matrices.Data.Length - start), BatchStride = batchStride };
}
