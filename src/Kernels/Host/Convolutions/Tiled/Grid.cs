namespace BasinVolume.Kernels.Host.Convolutions.Tiled;

/// <summary>
/// What is summed at each of some positions: Σ_k w[r, k] x̂[position + offset_k], for every row r of a group.
/// </summary>
/// <param name="Offsets">How far from the position each term's pixel lies.</param>
/// <param name="Weights">Where each term's weight lies, from the first of a row.</param>
/// <param name="Positions">Where it is summed.</param>
internal sealed record Grid(int[] Offsets, int[] Weights, Positions Positions)
{
    /// <summary>Terms of a sum.</summary>
    public int Depth => Offsets.Length;
}
