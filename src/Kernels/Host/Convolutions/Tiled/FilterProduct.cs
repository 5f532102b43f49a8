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

    // Samples whose sums are added one by one: few, so that there is work for many threads, or more where there are very many samples.
    private const int LeastOfBlock = 8;
    private const int MostBlocks = 32;

    /// <summary>The transpose in the weights.</summary>
    /// <param name="shape">The convolution's sizes.</param>
    /// <param name="lanes">Elements of a vector.</param>
    public FilterProduct(in ConvolutionShape shape, int lanes)
    {
        Image = SlidingProduct.InputOf(shape);
        Offsets = SlidingProduct.TapsOf(shape, Image);
        Positions = new(shape.OutputHeight, shape.OutputWidth, Image.Pitch, 0, new(0, shape.OutputWidth, 1), lanes);
        OutputLength = Positions.Count * lanes;
        int wanted = (VectorsOfSum + Positions.Count - 1) / Positions.Count;
        SamplesOfSum = Math.Clamp(MostElements / Image.Length, 1, Math.Min(wanted, LeastOfBlock));
    }

    /// <summary>How the image is laid out.</summary>
    public LaidImage Image { get; }

    /// <summary>How far from a position each element of a filter looks.</summary>
    public int[] Offsets { get; }

    /// <summary>The positions of the outputs.</summary>
    public Positions Positions { get; }

    /// <summary>Elements of one channel's outputs, taken by vectors.</summary>
    public int OutputLength { get; }

    /// <summary>Samples of one sum.</summary>
    public int SamplesOfSum { get; }

    /// <summary>Samples of a block: the sums of blocks are added in ascending order.</summary>
    public static int SamplesOfBlock(int samples) => Math.Max(LeastOfBlock, (samples + MostBlocks - 1) / MostBlocks);

    /// <summary>How many blocks there are; one that holds none if there are no samples.</summary>
    public static int Blocks(int samples) => Math.Max(1, (samples + SamplesOfBlock(samples) - 1) / SamplesOfBlock(samples));
}
