using System.Numerics;
using BasinVolume.Kernels.Host.Products;

namespace BasinVolume.Kernels.Host.Convolutions.Tiled;

/// <summary>
/// A convolution with its output channels in the lanes of vectors, and single places of the image in the rows of tiles: for images whose rows are no multiple
/// of a vector, so that vectors of places would be partly empty. Channels belong to one group.
/// <code>
/// forward            y[place, o] = Σ_k x̂[place + offset_k] w[k, o]
/// towards the weights  w̄[k, o]   = Σ_place x̂[place + offset_k] ȳ[place, o]
/// </code>
/// Both are rows of single pixels times packed vectors of channels, <see cref="ChannelTile{T, TLanes}"/>.
/// </summary>
internal sealed class ChannelProduct
{
    /// <summary>Rows of a tile.</summary>
    public const int RowsOfTile = 6;

    /// <summary>What follows from a shape.</summary>
    /// <param name="shape">The convolution's sizes.</param>
    public ChannelProduct(in ConvolutionShape shape)
    {
        Image = SlidingProduct.InputOf(shape);
        Taps = SlidingProduct.TapsOf(shape, Image);
        (int width, int pitch) = (shape.OutputWidth, Image.Pitch);
        Places = [.. Enumerable.Range(0, shape.OutputHeight * width).Select(place => (place / width * pitch) + (place % width))];
    }

    /// <summary>How the image is laid out.</summary>
    public LaidImage Image { get; }

    /// <summary>How far from a place each element of a filter looks.</summary>
    public int[] Taps { get; }

    /// <summary>The places of the outputs.</summary>
    public int[] Places { get; }

    /// <summary>How many they are, as if the last tile were full.</summary>
    public int RoundedPlaces => (Places.Length + RowsOfTile - 1) / RowsOfTile * RowsOfTile;

    /// <summary>Strips of channels, each as wide as a tile.</summary>
    public static int Strips<T>(int channels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => (channels + Tile<T>.Columns - 1) / Tile<T>.Columns;
}
