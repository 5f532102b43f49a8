namespace BasinVolume.Curvature.Sampling;

/// <summary>
/// Vectors of independent standard normal numbers, vector i of a seed being always the same. Elements 2k and 2k + 1 come from one block of <see cref="Philox"/>
/// by the transformation of Box and Muller: with U uniform in (0, 1] and V in [0, 1), both of 53 bits, √(−2 log U) cos 2πV and √(−2 log U) sin 2πV are
/// independent and normal.
/// </summary>
public static class NormalVectors
{
    private const double UnitOf53Bits = 1.0 / (1L << 53);

    /// <summary>Vector <paramref name="index"/> of a seed.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="index">Any number.</param>
    /// <param name="vector">Receives the elements; a shorter vector is the beginning of a longer one.</param>
    public static void Fill(ulong seed, ulong index, Span<double> vector)
    {
        for (int i = 0; i < vector.Length; i += 2)
        {
            (ulong low, ulong high) = Philox.Block(seed, (ulong)i / 2, index);
            double radius = Math.Sqrt(-2 * Math.Log(((low >> 11) + 1) * UnitOf53Bits));
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * ((high >> 11) * UnitOf53Bits));
            vector[i] = radius * cosine;
            if (i + 1 < vector.Length)
                vector[i + 1] = radius * sine;
        }
    }
}
