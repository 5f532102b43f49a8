using System.Numerics;
using BasinVolume.Kernels.Host.Registers;

namespace BasinVolume.Kernels.Host.Convolutions.Winograd;

/// <summary>
/// A term's images in the workspace of a part: laid, and transformed block by block; where entries share them, all blocks are kept if they are few.
/// </summary>
/// <param name="product">What is multiplied.</param>
/// <param name="term">The term.</param>
/// <param name="workspace">As many elements as <see cref="Length"/> says.</param>
internal readonly ref struct TermTiles<T>(WinogradProduct product, WinogradTerm<T> term, Span<T> workspace)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // More blocks, those of large images, would take more memory than it costs to transform them again.
    private const int MostBlocks = 16;

    private readonly bool _keepsBlocks = KeepsBlocks(product, term.AreShared);
    private readonly TransformedTiles<T> _tiles = new(product.BlockTiles, product.Source.Channels);
    private readonly Span<T> _laid = workspace[..(product.Images * product.Source.LaidSize<T>())];
    private readonly Span<T> _transformed = workspace[(product.Images * product.Source.LaidSize<T>())..];

    /// <summary>Elements of the workspace.</summary>
    public static int Length(WinogradProduct product, bool areShared)
    {
        int blocks = KeepsBlocks(product, areShared) ? product.BlocksOf(product.Images) : 1;
        return (product.Images * product.Source.LaidSize<T>()) + (blocks * new TransformedTiles<T>(product.BlockTiles, product.Source.Channels).Length);
    }

    /// <summary>Takes images.</summary>
    /// <param name="entry">Of which entry.</param>
    /// <param name="first">The first image.</param>
    /// <param name="count">How many.</param>
    public void Take<TLanes>(int entry, int first, int count)
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        int size = product.Source.Size;
        product.Source.Lay(term.Images.Entry(entry, first * size, count * size), _laid);
        for (int block = 0; _keepsBlocks && block < product.BlocksOf(count); block++)
            Transform<TLanes>(block, count, _transformed.Slice(block * _tiles.Length, _tiles.Length));
    }

    /// <summary>A block of transformed tiles.</summary>
    /// <param name="block">Its number.</param>
    /// <param name="count">How many images there are.</param>
    public Span<T> Block<TLanes>(int block, int count)
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        if (_keepsBlocks)
            return _transformed.Slice(block * _tiles.Length, _tiles.Length);
        Transform<TLanes>(block, count, _transformed);
        return _transformed;
    }

    private static bool KeepsBlocks(WinogradProduct product, bool areShared) => areShared && product.BlocksOf(product.Images) <= MostBlocks;

    private void Transform<TLanes>(int block, int count, Span<T> target)
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        ReadOnlySpan<int> starts = product.SourceStarts.AsSpan(product.TilesBefore(block), product.TilesOf(block, count));
        _tiles.Transform<TLanes>(_laid, product.Source.Columns, starts, target);
    }
}
