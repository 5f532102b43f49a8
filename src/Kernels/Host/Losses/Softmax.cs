using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Elementary;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Host.Parts;
using BasinVolume.Kernels.Host.Registers;
using BasinVolume.Kernels.Host.Rows;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host.Losses;

/// <summary>
/// loss = ln(1 + q) + (o_m − o_label) and p = exp(o − o_m) / (1 + q), m the class of the largest logit and q the sum of the other classes' exponentials.
/// A part is some samples.
/// </summary>
internal readonly struct SoftmaxLoss<T, TElementary>(int samples, int classes, View<T> logits, View<int> labels, View<T> losses, View<T> probabilities)
    : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TElementary : struct, IElementary<T>
{
    private readonly HostView<T> _logits = new(logits, (long)samples * classes);
    private readonly HostView<int> _labels = new(labels, samples);
    private readonly HostView<T> _losses = new(losses, samples);
    private readonly HostView<T> _probabilities = new(probabilities, (long)samples * classes);

    public void Run(int part)
    {
        (int first, int end) = Blocks.RowsOf(part, samples, classes);
        for (int s = first; s < end; s++)
            _losses.Span[s] = One(_logits.Slice(s * classes, classes), _labels.Span[s], _probabilities.Slice(s * classes, classes));
    }

    private static T One(ReadOnlySpan<T> logits, int label, Span<T> probabilities)
    {
        int top = SoftmaxOfRow.Top(logits);
        T others = SoftmaxOfRow.Write<T, TElementary>(logits, top, probabilities);
        return TElementary.Log1P(others) + (logits[top] - logits[label]);
    }
}

/// <summary>ō = weight (p − onehot(label)), at the label −weight times the sum of the others; a part is some samples.</summary>
internal readonly struct SoftmaxLossAdjoint<T>(int samples, int classes, View<T> probabilities, View<int> labels, View<T> weights, View<T> logitsAdjoint)
    : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HostView<T> _probabilities = new(probabilities, (long)samples * classes);
    private readonly HostView<int> _labels = new(labels, samples);
    private readonly HostView<T> _weights = new(weights, samples);
    private readonly HostView<T> _logitsAdjoint = new(logitsAdjoint, (long)samples * classes);

    public void Run(int part)
    {
        (int first, int end) = Blocks.RowsOf(part, samples, classes);
        for (int s = first; s < end; s++)
        {
            ReadOnlySpan<T> p = _probabilities.Slice(s * classes, classes);
            Span<T> adjoint = _logitsAdjoint.Slice(s * classes, classes);
            T weight = _weights.Span[s];
            int label = _labels.Span[s];
            T others = T.Zero;
            for (int c = 0; c < classes; c++)
            {
                others += c == label ? T.Zero : p[c];
                adjoint[c] = weight * p[c];
            }

            adjoint[label] = weight * -others;
        }
    }
}

/// <summary>
/// y = weight p ⊙ (w − ⟨p, w⟩) with w = x − r, r the element of x at the class that has more than half of p, or ⟨p, x⟩ if there is none; a part is one entry.
/// </summary>
internal readonly struct SoftmaxCurvature<T>(int entries, int samples, int classes, View<T> probabilities, View<T> weights, View<T> x, View<T> y)
    : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HostView<T> _probabilities = new(probabilities, (long)samples * classes);
    private readonly HostView<T> _weights = new(weights, samples);
    private readonly HostView<T> _x = new(x, (long)entries * samples * classes);
    private readonly HostView<T> _y = new(y, (long)entries * samples * classes);

    public void Run(int part)
    {
        ReadOnlySpan<T> p = _probabilities.Slice(0, samples * classes);
        ReadOnlySpan<T> x = _x.Slice(part * samples * classes, samples * classes);
        Span<T> y = _y.Slice(part * samples * classes, samples * classes);
        ReadOnlySpan<T> weights = _weights.Slice(0, samples);
        for (int s = 0; s < samples; s++)
            One(
                classes, ref MemoryMarshal.GetReference(p[(s * classes)..]), ref MemoryMarshal.GetReference(x[(s * classes)..]),
                weights[s], ref MemoryMarshal.GetReference(y[(s * classes)..]));
    }

    private static void One(int classes, ref T p, ref T x, T weight, ref T y)
    {
        int top = MoreThanHalf(classes, ref p);
        T reference = top < 0 ? Mean(classes, ref p, ref x, T.Zero) : Unsafe.Add(ref x, top);
        T mean = Mean(classes, ref p, ref x, reference);
        Vector<T> references = new(reference), means = new(mean), weights = new(weight);
        int c = 0;
        for (; c <= classes - Vector<T>.Count; c += Vector<T>.Count)
            Simd.WithoutSubnormal(weights * (At(ref p, c) * (At(ref x, c) - references - means))).StoreUnsafe(ref y, (nuint)c);
        for (; c < classes; c++)
            Unsafe.Add(ref y, c) = Simd.WithoutSubnormal(weight * (Unsafe.Add(ref p, c) * (Unsafe.Add(ref x, c) - reference - mean)));
    }

    private static int MoreThanHalf(int classes, ref T p)
    {
        int top = -1;
        for (int c = 0; c < classes; c++)
            top = Unsafe.Add(ref p, c) + Unsafe.Add(ref p, c) > T.One ? c : top;
        return top;
    }

    // ⟨p, x − r⟩
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Mean(int classes, ref T p, ref T x, T reference)
    {
        Vector<T> lanes = Vector<T>.Zero, references = new(reference);
        int c = 0;
        for (; c <= classes - Vector<T>.Count; c += Vector<T>.Count)
            lanes = Simd.MultiplyAdd(At(ref p, c), At(ref x, c) - references, lanes);
        T rest = T.Zero;
        for (; c < classes; c++)
            rest = Simd.MultiplyAdd(Unsafe.Add(ref p, c), Unsafe.Add(ref x, c) - reference, rest);
        return Vector.Sum(lanes) + rest;
    }

    private static Vector<T> At(ref T values, int start) => Vector.LoadUnsafe(ref values, (nuint)start);
}
