namespace BasinVolume.Kernels.Host.Convolutions.Tiled;

/// <summary>
/// A convolution's transpose in the weights as sums over a laid image:
/// <code>
/// w̄[o, k] = Σ_s Σ_positions ȳ[s, o, position] x̂[s, position + offset_k]
/// </code>
/// Vectors of positions are multiplied as they lie, and their lanes added at the end. Several images follow each other in one sum where they are small.
/// </summary>
internal sealed class FilterProduct
{
    // Vectors of one sum, so that adding its lanes at the end is a small part of it; and what the images of one sum may take of the second-level cache.
    private const int VectorsOfSum = 128;
    private const int MostElements = 1 << 16;

    /// <summary>The transpose in the weights.</summary>
    /// <param name="shape">The convolution's sizes.</param>
    /// <param name="lanes">Elements of a vector.</param>
    public FilterProduct(in ConvolutionShape shape, int lanes)
    {
        Image = SlidingProduct.InputOf(shape);
        Tiles = [.. TilesOf(SlidingProduct.TapsOf(shape, Image))];
        Positions = new(shape.OutputHeight, shape.OutputWidth, Image.Pitch, 0, new(0, shape.OutputWidth, 1), lanes);
        OutputLength = Positions.Count * lanes;
        int wanted = (VectorsOfSum + Positions.Count - 1) / Positions.Count;
        SamplesOfSum = Math.Clamp(MostElements / Image.Length, 1, Math.Min(wanted, SampleBlocks.LeastSamples));
    }

    /// <summary>How the image is laid out.</summary>
    public LaidImage Image { get; }

    /// <summary>The elements of a filter, tile by tile.</summary>
    public Tile[] Tiles { get; }

    /// <summary>The positions of the outputs.</summary>
    public Positions Positions { get; }

    /// <summary>Elements of one channel's outputs, taken by vectors.</summary>
    public int OutputLength { get; }

    /// <summary>Samples of one sum.</summary>
    public int SamplesOfSum { get; }

    // Sixes, and as many fives in place of sixes as leave less room empty.
    private static IEnumerable<Tile> TilesOf(int[] offsets)
    {
        const int Most = 6;
        int tiles = (offsets.Length + Most - 1) / Most, fives = Math.Min(tiles, (tiles * Most) - offsets.Length);
        for (int tile = 0, first = 0; tile < tiles; tile++)
        {
            int size = tile < tiles - fives ? Most : Most - 1, count = Math.Min(size, offsets.Length - first);
            int start = first;
            yield return new(first, count, [.. Enumerable.Range(0, size).Select(i => offsets[start + Math.Min(i, count - 1)])]);
            first += count;
        }
    }

    /// <summary>Some elements of a filter that are summed together.</summary>
    /// <param name="First">The first one.</param>
    /// <param name="Count">How many.</param>
    /// <param name="Offsets">How far from a position each looks; where they are fewer than a tile has, the last one is taken once more in vain.</param>
    internal readonly record struct Tile(int First, int Count, int[] Offsets);
}
