using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Identities;

/// <summary>
/// Random directions of elements ±1: exact in every precision, and for a matrix A and such a v the mean of |A v|² is ‖A‖²_F.
/// With |v|² = n that makes ‖A‖_F |v|/√n the size of A v.
/// </summary>
internal static class Signs
{
    /// <summary>[rows, n] of them; the same for the same seed.</summary>
    public static Matrix Draw(int rows, int n, int seed)
    {
        var random = new Random(seed);
        var directions = new Matrix(rows, n);
        for (int i = 0; i < directions.Values.Length; i++)
            directions.Values[i] = random.Next(2) == 0 ? -1 : 1;
        return directions;
    }
}
