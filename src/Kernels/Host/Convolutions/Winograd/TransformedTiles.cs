using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Host.Products;
using BasinVolume.Kernels.Host.Registers;

namespace BasinVolume.Kernels.Host.Convolutions.Winograd;

/// <summary>A block of transformed tiles of an image, or of products of these: sixteen matrices, one for each element, [tiles, channels].</summary>
/// <param name="tiles">Tiles of a block.</param>
/// <param name="channels">Their channels.</param>
internal readonly struct TransformedTiles<T>(int tiles, int channels)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Elements from a tile to the next: its channels, in whole vectors.</summary>
    public int Pitch { get; } = WinogradProduct.Pitch<T>(channels);

    /// <summary>From one matrix to the next. A vector more than it takes: the sixteen elements of a tile would fall on each other in the cache.</summary>
    public int Step { get; } = (ElementProduct<T>.WholeRows(tiles) * WinogradProduct.Pitch<T>(channels)) + Tile<T>.HalfColumns;

    /// <summary>Elements of all.</summary>
    public int Length => WinogradProduct.Elements * Step;

    /// <summary>Bᵀ D B of tiles.</summary>
    /// <param name="laid">Laid images.</param>
    /// <param name="columns">Their columns.</param>
    /// <param name="starts">Where the tiles begin, in pixels.</param>
    /// <param name="transformed">The block.</param>
    public void Transform<TLanes>(ReadOnlySpan<T> laid, int columns, ReadOnlySpan<int> starts, Span<T> transformed)
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        ref T pixels = ref MemoryMarshal.GetReference(laid);
        ref T target = ref MemoryMarshal.GetReference(transformed);
        foreach (int start in starts)
        {
            for (int c = 0; c < Pitch; c += TLanes.Count)
            {
                WinogradTile<T, TLanes>.TransformImage(ref Unsafe.Add(ref pixels, (start * Pitch) + c), Pitch, columns * Pitch, ref target, Step);
                target = ref Unsafe.Add(ref target, TLanes.Count);
            }
        }
    }

    /// <summary>Aᵀ M A of tiles.</summary>
    /// <param name="products">The block.</param>
    /// <param name="starts">Where the tiles begin, in pixels.</param>
    /// <param name="laid">Laid images.</param>
    /// <param name="columns">Their columns.</param>
    public void Put<TLanes>(ReadOnlySpan<T> products, ReadOnlySpan<int> starts, Span<T> laid, int columns)
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        ref T source = ref MemoryMarshal.GetReference(products);
        ref T pixels = ref MemoryMarshal.GetReference(laid);
        foreach (int start in starts)
        {
            for (int c = 0; c < Pitch; c += TLanes.Count)
            {
                WinogradTile<T, TLanes>.TransformProducts(ref source, Step, ref Unsafe.Add(ref pixels, (start * Pitch) + c), Pitch, columns * Pitch);
                source = ref Unsafe.Add(ref source, TLanes.Count);
            }
        }
    }
}
