namespace BasinVolume.Kernels.Linear;

/// <summary>
/// |x| = √Σ x_i². <see cref="Of"/> is right to the last few bits for any length, <see cref="InOrder"/> has a plain sum's rounding, which bounds are derived
/// for, and <see cref="Plain"/> is fast but squares what it is given: for vectors whose squares are doubles.
/// </summary>
public static class EuclideanNorm
{
    /// <summary>
    /// The norm by a compensated sum of four chains, the same on every processor. Elements are multiplied by a power of two before they are squared, so that no
    /// square overflows or is lost.
    /// </summary>
    /// <param name="values">x, any number of elements.</param>
    /// <returns>|x|; not finite if an element is not.</returns>
    public static double Of(ReadOnlySpan<double> values)
    {
        double largest = Magnitude.Largest(values);
        if (largest == 0 || !double.IsFinite(largest))
            return largest;
        int exponent = Magnitude.Exponent(largest);
        return Math.Sqrt(CompensatedSum.OfSquares(values, Math.ScaleB(1, -exponent))) * Math.ScaleB(1, exponent);
    }

    /// <summary>
    /// The norm by a plain sum in ascending order. Elements are multiplied by a power of two before they are squared, so that no square overflows or is lost.
    /// </summary>
    /// <param name="values">x, any number of elements.</param>
    /// <returns>|x|; not finite if an element is not.</returns>
    public static double InOrder(ReadOnlySpan<double> values)
    {
        double largest = Magnitude.Largest(values);
        if (largest == 0 || !double.IsFinite(largest))
            return largest;
        int exponent = Magnitude.Exponent(largest);
        double scale = Math.ScaleB(1, -exponent), sum = 0;
        foreach (double value in values)
        {
            double scaled = scale * value;
            sum += scaled * scaled;
        }

        return Math.Sqrt(sum) * Math.ScaleB(1, exponent);
    }

    /// <summary>|x − y| as <see cref="InOrder"/> sums it.</summary>
    /// <param name="x">The first vector.</param>
    /// <param name="y">The second one, at least as long.</param>
    public static double OfDifference(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var difference = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
            difference[i] = x[i] - y[i];
        return InOrder(difference);
    }

    /// <summary>√(x·x), the dot product as <see cref="DotProduct.Of"/> sums it.</summary>
    /// <param name="values">x, any number of elements.</param>
    public static double Plain(ReadOnlySpan<double> values) => Math.Sqrt(DotProduct.Of(values, values));
}
