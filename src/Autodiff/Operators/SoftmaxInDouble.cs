using BasinVolume.Kernels.Elementary;

namespace BasinVolume.Autodiff.Operators;

/// <summary>
/// Softmax of one sample in double, on the host: every number right relative to itself, as the kernels' (see
/// <see cref="Kernels.IKernels{T}.SoftmaxCurvature"/>), by a loop that shares nothing with theirs but the exponential.
/// </summary>
internal sealed class SoftmaxInDouble
{
    private readonly double[] _p;

    /// <summary>p = softmax(o).</summary>
    public SoftmaxInDouble(ReadOnlySpan<double> output)
    {
        _p = new double[output.Length];
        for (int c = 1; c < output.Length; c++)
            Top = output[c] > output[Top] ? c : Top;
        for (int c = 0; c < _p.Length; c++)
            _p[c] = ExpOfDifference.Of<double, DoubleElementary>(output[c], output[Top]);
        double sum = 1 + Others(Top);
        for (int c = 0; c < _p.Length; c++)
            _p[c] /= sum;
    }

    /// <summary>The class with the largest output, the first of equals.</summary>
    public int Top { get; }

    /// <summary>p.</summary>
    public ReadOnlySpan<double> Probabilities => _p;

    /// <summary>trace K = Σ p_c (1 − p_c).</summary>
    public double Trace
    {
        get
        {
            double trace = _p[Top] * Others(Top);
            for (int c = 0; c < _p.Length; c++)
                trace += c == Top ? 0 : _p[c] * (1 - _p[c]); // no other class has more than half
            return trace;
        }
    }

    /// <summary>1 − p_c as the sum of the other probabilities.</summary>
    public double Others(int c)
    {
        double sum = 0;
        for (int other = 0; other < _p.Length; other++)
            sum += other == c ? 0 : _p[other];
        return sum;
    }

    /// <summary>x becomes K x.</summary>
    public void Curve(Span<double> x)
    {
        double reference = _p[Top] > 0.5 ? x[Top] : Mean(x, 0), mean = Mean(x, reference);
        for (int c = 0; c < x.Length; c++)
            x[c] = _p[c] * (x[c] - reference - mean);
    }

    // ⟨p, x − r⟩
    private double Mean(ReadOnlySpan<double> x, double reference)
    {
        double sum = 0;
        for (int c = 0; c < x.Length; c++)
            sum += _p[c] * (x[c] - reference);
        return sum;
    }
}
