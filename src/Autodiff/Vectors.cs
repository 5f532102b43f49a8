using BasinVolume.Kernels.Host;

namespace BasinVolume.Autodiff;

/// <summary>Sums over vectors, in ascending order.</summary>
internal static class Vectors
{
    /// <summary>Σ x_i y_i.</summary>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }

    /// <summary>√Σ x_i². Multiplied by a power of two before it is squared, so that no square overflows or is lost.</summary>
    public static double Norm(ReadOnlySpan<double> x)
    {
        double largest = Magnitude.Largest(x);
        if (largest == 0 || !double.IsFinite(largest))
            return largest;
        int exponent = Math.Clamp(Math.ILogB(largest), -1000, 1000);
        double scale = Math.ScaleB(1, -exponent), sum = 0;
        foreach (double value in x)
        {
            double scaled = scale * value;
            sum += scaled * scaled;
        }

        return Math.Sqrt(sum) * Math.ScaleB(1, exponent);
    }

    /// <summary>√Σ (x_i − y_i)².</summary>
    public static double Distance(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var difference = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
            difference[i] = x[i] - y[i];
        return Norm(difference);
    }
}
