using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BasinVolume.Kernels.Host;

/// <summary>
/// loss = m + log Σ exp(o − m) − o_label and p = exp(o − m) / Σ exp(o − m), m the largest logit: every exponent is at most 0
/// and one of them is 0, so that the sum lies between 1 and C. A part is some samples.
/// </summary>
internal readonly struct SoftmaxLoss<T>(int samples, int classes, View<T> logits, View<int> labels, View<T> losses, View<T> probabilities) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HostView<T> _logits = new(logits);
    private readonly HostView<int> _labels = new(labels);
    private readonly HostView<T> _losses = new(losses);
    private readonly HostView<T> _probabilities = new(probabilities);

    public void Run(int part)
    {
        (int first, int end) = Blocks.RowsOf(part, samples, classes);
        for (int s = first; s < end; s++)
            _losses.Span[s] = One(_logits.Slice(s * classes, classes), _labels.Span[s], _probabilities.Slice(s * classes, classes));
    }

    private static T One(ReadOnlySpan<T> logits, int label, Span<T> probabilities)
    {
        T largest = logits[0];
        foreach (T logit in logits)
            largest = logit > largest ? logit : largest;
        T sum = T.Zero;
        for (int c = 0; c < logits.Length; c++)
            sum += probabilities[c] = T.Exp(logits[c] - largest);
        T loss = T.Log(sum) + (largest - logits[label]);
        for (int c = 0; c < logits.Length; c++)
            probabilities[c] /= sum;
        return loss;
    }
}

/// <summary>ō = weight (p − onehot(label)); a part is some samples.</summary>
internal readonly struct SoftmaxLossAdjoint<T>(int samples, int classes, View<T> probabilities, View<int> labels, View<T> weights, View<T> logitsAdjoint) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HostView<T> _probabilities = new(probabilities);
    private readonly HostView<int> _labels = new(labels);
    private readonly HostView<T> _weights = new(weights);
    private readonly HostView<T> _logitsAdjoint = new(logitsAdjoint);

    public void Run(int part)
    {
        (int first, int end) = Blocks.RowsOf(part, samples, classes);
        for (int s = first; s < end; s++)
        {
            ReadOnlySpan<T> p = _probabilities.Slice(s * classes, classes);
            Span<T> adjoint = _logitsAdjoint.Slice(s * classes, classes);
            T weight = _weights.Span[s];
            int label = _labels.Span[s];
            for (int c = 0; c < classes; c++)
                adjoint[c] = weight * (c == label ? p[c] - T.One : p[c]);
        }
    }
}

/// <summary>y = weight (p ⊙ (x − ⟨p, x⟩)); a part is one member.</summary>
internal readonly struct SoftmaxCurvature<T>(int samples, int classes, View<T> probabilities, View<T> weights, View<T> x, View<T> y) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HostView<T> _probabilities = new(probabilities);
    private readonly HostView<T> _weights = new(weights);
    private readonly HostView<T> _x = new(x);
    private readonly HostView<T> _y = new(y);

    public void Run(int part)
    {
        ReadOnlySpan<T> p = _probabilities.Slice(0, samples * classes);
        ReadOnlySpan<T> x = _x.Slice(part * samples * classes, samples * classes);
        Span<T> y = _y.Slice(part * samples * classes, samples * classes);
        ReadOnlySpan<T> weights = _weights.Slice(0, samples);
        for (int s = 0; s < samples; s++)
            One(classes, ref MemoryMarshal.GetReference(p[(s * classes)..]), ref MemoryMarshal.GetReference(x[(s * classes)..]), weights[s], ref MemoryMarshal.GetReference(y[(s * classes)..]));
    }

    private static void One(int classes, ref T p, ref T x, T weight, ref T y)
    {
        T mean = Dot(classes, ref p, ref x);
        var means = new Vector<T>(mean);
        var weights = new Vector<T>(weight);
        int c = 0;
        for (; c <= classes - Vector<T>.Count; c += Vector<T>.Count)
            Simd.WithoutSubnormal(weights * At(ref p, c) * (At(ref x, c) - means)).StoreUnsafe(ref y, (nuint)c);
        for (; c < classes; c++)
            Unsafe.Add(ref y, c) = Simd.WithoutSubnormal(weight * Unsafe.Add(ref p, c) * (Unsafe.Add(ref x, c) - mean));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Dot(int classes, ref T p, ref T x)
    {
        Vector<T> lanes = Vector<T>.Zero;
        int c = 0;
        for (; c <= classes - Vector<T>.Count; c += Vector<T>.Count)
            lanes = Simd.MultiplyAdd(At(ref p, c), At(ref x, c), lanes);
        T rest = T.Zero;
        for (; c < classes; c++)
            rest = Simd.MultiplyAdd(Unsafe.Add(ref p, c), Unsafe.Add(ref x, c), rest);
        return Vector.Sum(lanes) + rest;
    }

    private static Vector<T> At(ref T values, int start) => Vector.LoadUnsafe(ref values, (nuint)start);
}
