using BasinVolume.Interop;
using BasinVolume.Interop.Arrays;

namespace BasinVolume.Mnist.Matrices;

/// <summary>Reads vectors that belong to a matrix.</summary>
internal static class VectorFile
{
    /// <summary>Reads a vector.</summary>
    /// <param name="path">A .npy file, or a .npz file with one array.</param>
    /// <param name="length">How many elements it must have.</param>
    /// <param name="fits">What has so many, for errors: "Hessian".</param>
    /// <exception cref="DataException">The file cannot be read, it has more or fewer elements, or one that is not finite.</exception>
    public static double[] Read(string path, int length, string fits)
    {
        double[] values = Npy.Read(path).AsDoubles();
        if (values.Length != length)
            throw new DataException(
                $"{path} has {values.Length} elements where {length} are expected, as many as the {fits} has; take both from the same network.");
        int index = Array.FindIndex(values, value => !double.IsFinite(value));
        if (index >= 0)
            throw new DataException($"{path} has {values[index]} at index {index} where a finite number is expected; check where it comes from.");
        return values;
    }
}
