namespace BasinVolume.Curvature.Lanczos;

/// <summary>Which eigenpairs of a map are asked for, how exactly, and what they may cost.</summary>
/// <param name="Largest">How many of the largest eigenvalues, at least 0.</param>
/// <param name="Smallest">How many of the smallest ones, at least 0; a matrix with fewer eigenvalues than both gives all of them once.</param>
/// <param name="Tolerance">What the residual of a pair may be, in units of the largest |θ|; above 0.</param>
/// <param name="Width">How many directions are multiplied at a time; equal eigenvalues are seen as often as that.</param>
/// <param name="Seed">Of the random directions that it begins with.</param>
/// <param name="MaxProducts">
/// Products with a direction that are not exceeded, those that the residuals take among them; in any case there are as many as one space of the pairs and their
/// residuals take. Null for <see cref="UsualProducts"/>.
/// </param>
/// <param name="MemoryBytes">What the vectors kept may take together; null for <see cref="UsualMemory"/>.</param>
public sealed record EndsWanted(
    int Largest, int Smallest, double Tolerance, int Width = EndsWanted.UsualWidth, ulong Seed = 1, int? MaxProducts = null, long? MemoryBytes = null)
{
    /// <summary>
    /// Directions multiplied at a time where nothing is said. Wider blocks take more products (five of 1,710 eigenvalues like a network's: 45 products with 8
    /// directions, 65 with 12, 69 with 16), narrower ones cost more for each direction and see fewer equal eigenvalues.
    /// </summary>
    public const int UsualWidth = 8;

    /// <summary>The memory that vectors may take where nothing is said: 1 GiB.</summary>
    public const long UsualMemory = 1L << 30;

    /// <summary>The products where nothing is said: a hundred a pair, and at least a thousand.</summary>
    public int UsualProducts => (int)Math.Clamp(100L * ((long)Largest + Smallest), 1000, int.MaxValue);

    /// <exception cref="ArgumentOutOfRangeException">A number is not what it may be.</exception>
    internal void ThrowIfInvalid()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Largest);
        ArgumentOutOfRangeException.ThrowIfNegative(Smallest);
        ArgumentOutOfRangeException.ThrowIfLessThan(Width, 1);
        if (!(Tolerance > 0))
            throw new ArgumentOutOfRangeException(nameof(Tolerance), Tolerance, "A tolerance is above 0, in units of the largest |θ|.");
    }
}
