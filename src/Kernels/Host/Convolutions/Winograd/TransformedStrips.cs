using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Host.Products;
using BasinVolume.Kernels.Host.Registers;

namespace BasinVolume.Kernels.Host.Convolutions.Winograd;

/// <summary>A block of transformed tiles of adjoints, as the right-hand operand of a matrix product over tiles: [element, strip, tiles, columns].</summary>
/// <param name="tiles">Tiles of a block.</param>
/// <param name="channels">Their channels, the columns of the strips.</param>
internal readonly struct TransformedStrips<T>(int tiles, int channels)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _pitch = WinogradProduct.Pitch<T>(channels);

    /// <summary>Elements from a strip to the next.</summary>
    public int Strip { get; } = tiles * Tile<T>.Columns;

    /// <summary>From one of the sixteen to the next, as in <see cref="TransformedTiles{T}"/>.</summary>
    public int Step { get; } = (WinogradProduct.Strips<T>(channels) * tiles * Tile<T>.Columns) + Tile<T>.HalfColumns;

    /// <summary>Elements of all.</summary>
    public int Length => WinogradProduct.Elements * Step;

    /// <summary>A Ȳ Aᵀ of tiles.</summary>
    /// <param name="laid">Laid images.</param>
    /// <param name="columns">Their columns.</param>
    /// <param name="starts">Where the tiles begin, in pixels.</param>
    /// <param name="transformed">The block.</param>
    public void Transform<TLanes>(ReadOnlySpan<T> laid, int columns, ReadOnlySpan<int> starts, Span<T> transformed)
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        ref T pixels = ref MemoryMarshal.GetReference(laid);
        for (int tile = 0; tile < starts.Length; tile++)
        {
            for (int c = 0; c < _pitch; c += TLanes.Count)
            {
                int strip = c / Tile<T>.Columns;
                ref T target = ref transformed[(strip * Strip) + (tile * Tile<T>.Columns) + (c - (strip * Tile<T>.Columns))];
                WinogradTile<T, TLanes>.TransformAdjoints(ref Unsafe.Add(ref pixels, (starts[tile] * _pitch) + c), _pitch, columns * _pitch, ref target, Step);
            }
        }
    }
}
