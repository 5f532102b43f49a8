using System.Numerics;
using System.Runtime.InteropServices;

namespace BasinVolume.Kernels.Linear;

/// <summary>How large elements are.</summary>
public static class Magnitude
{
    /// <summary>
    /// The exponent of the power of two by which elements up to a magnitude are divided before they are squared, so that no square overflows or is lost. It and
    /// its inverse are doubles.
    /// </summary>
    /// <param name="largest">The magnitude, finite and above 0.</param>
    public static int Exponent(double largest) => Math.Clamp(Math.ILogB(largest), -1000, 1000);

    /// <summary>max |x_i| by vectors; 0 if there is no element.</summary>
    /// <param name="values">x, any number of elements.</param>
    /// <returns>The largest magnitude; not finite if an element is not.</returns>
    public static double Largest(ReadOnlySpan<double> values)
    {
        ReadOnlySpan<Vector<double>> vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        Vector<double> largest = Vector<double>.Zero;
        Vector<double> zero = Vector<double>.Zero;
        foreach (Vector<double> vector in vectors)
        {
            largest = Vector.Max(largest, Vector.Abs(vector));
            // NaN and infinity travel through the sum of 0 · x.
            zero += vector * Vector<double>.Zero;
        }

        double result = Vector.Sum(zero);
        for (int lane = 0; lane < Vector<double>.Count; lane++)
            result = Math.Max(result, largest[lane]);
        // Math.Max keeps NaN.
        foreach (double value in values[(vectors.Length * Vector<double>.Count)..])
            result = Math.Max(result, Math.Abs(value));
        return result;
    }
}
