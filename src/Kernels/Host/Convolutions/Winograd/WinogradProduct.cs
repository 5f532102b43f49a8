using System.Numerics;
using BasinVolume.Kernels.Host.Products;

namespace BasinVolume.Kernels.Host.Convolutions.Winograd;

/// <summary>
/// What follows from a shape for one way through a convolution: where tiles lie in laid images, and where the weights of a result's channel are.
/// As many images are taken together as have tiles for a block.
/// </summary>
internal sealed class WinogradProduct
{
    /// <summary>Elements of a transformed tile.</summary>
    public const int Elements = 16;

    /// <summary>Elements of a filter.</summary>
    public const int Taps = 9;

    // Tiles that are multiplied at once, about: few enough that they stay in the second-level cache with 64 channels, and enough that transformed filters are
    // not loaded more often than they are multiplied.
    private const int UsualTiles = 64;

    private WinogradProduct(WinogradImage source, WinogradImage result)
    {
        (Source, Result) = (source, result);
        int down = result.Rows / 2, across = result.Columns / 2;
        TilesOfImage = down * across;
        Images = Math.Max(1, UsualTiles / TilesOfImage);
        int tiles = Images * TilesOfImage, blocks = (tiles + UsualTiles - 1) / UsualTiles;
        BlockTiles = (tiles + blocks - 1) / blocks;
        SourceStarts = Starts(Images, down, across, source);
        ResultStarts = Starts(Images, down, across, result);
    }

    /// <summary>What is read; laid with a margin.</summary>
    public WinogradImage Source { get; }

    /// <summary>What is written; laid without one.</summary>
    public WinogradImage Result { get; }

    /// <summary>Tiles of an image.</summary>
    public int TilesOfImage { get; }

    /// <summary>Images that are taken together.</summary>
    public int Images { get; }

    /// <summary>Tiles of a block.</summary>
    public int BlockTiles { get; }

    /// <summary>Where the tiles of all these images begin in laid sources, in pixels.</summary>
    public int[] SourceStarts { get; }

    /// <summary>And in laid results.</summary>
    public int[] ResultStarts { get; }

    /// <summary>Elements of the weights.</summary>
    public int WeightSize => Source.Channels * Result.Channels * Taps;

    /// <summary>Elements from a result's channel to the next in the weights.</summary>
    public int WeightRowStep { get; private init; }

    /// <summary>Elements from a source's channel to the next.</summary>
    public int WeightTermStep { get; private init; }

    /// <summary>Where the first element of a filter is, counted in its nine.</summary>
    public int FirstTap { get; private init; }

    /// <summary>From one element to the next: 1, or −1 where filters are turned round.</summary>
    public int TapStep { get; private init; }

    /// <summary>x ↦ w ∗ x.</summary>
    public static WinogradProduct Forward(ConvolutionShape shape)
    {
        (int rows, int columns) = (RoundUp(shape.OutputHeight, 2), RoundUp(shape.OutputWidth, 2));
        return new(
            new(shape.InputChannels, shape.InputHeight, shape.InputWidth, shape.Top, shape.Left, rows + 2, columns + 2),
            new(shape.OutputChannels, shape.OutputHeight, shape.OutputWidth, 0, 0, rows, columns))
        {
            WeightRowStep = shape.FilterSize,
            WeightTermStep = Taps,
            FirstTap = 0,
            TapStep = 1,
        };
    }

    /// <summary>ȳ ↦ w ∗ᵀ ȳ: a convolution by the filters turned round, with the padding that is left of 2.</summary>
    public static WinogradProduct Adjoint(ConvolutionShape shape)
    {
        (int rows, int columns) = (RoundUp(shape.InputHeight, 2), RoundUp(shape.InputWidth, 2));
        return new(
            new(shape.OutputChannels, shape.OutputHeight, shape.OutputWidth, 2 - shape.Top, 2 - shape.Left, rows + 2, columns + 2),
            new(shape.InputChannels, shape.InputHeight, shape.InputWidth, 0, 0, rows, columns))
        {
            WeightRowStep = Taps,
            WeightTermStep = shape.FilterSize,
            FirstTap = Taps - 1,
            TapStep = -1,
        };
    }

    /// <summary>How many blocks the tiles of so many images are.</summary>
    public int BlocksOf(int images) => ((images * TilesOfImage) + BlockTiles - 1) / BlockTiles;

    /// <summary>Tiles before a block.</summary>
    public int TilesBefore(int block) => block * BlockTiles;

    /// <summary>Tiles of a block of so many images.</summary>
    public int TilesOf(int block, int images) => Math.Min(BlockTiles, (images * TilesOfImage) - TilesBefore(block));

    /// <summary>Elements of a laid pixel: whole vectors.</summary>
    public static int Pitch<T>(int channels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => RoundUp(channels, Tile<T>.HalfColumns);

    /// <summary>Strips of columns that a transformed filter has.</summary>
    public static int Strips<T>(int channels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => (channels + Tile<T>.Columns - 1) / Tile<T>.Columns;

    /// <summary>The least multiple of a unit that is not below a count.</summary>
    public static int RoundUp(int count, int unit) => (count + unit - 1) / unit * unit;

    private static int[] Starts(int images, int down, int across, in WinogradImage image)
    {
        int[] starts = new int[images * down * across];
        for (int tile = 0; tile < starts.Length; tile++)
        {
            (int line, int column) = Math.DivRem(tile, across);
            (int number, int row) = Math.DivRem(line, down);
            starts[tile] = (((number * image.Rows) + (2 * row)) * image.Columns) + (2 * column);
        }

        return starts;
    }
}
