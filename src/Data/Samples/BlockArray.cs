namespace BasinVolume.Data.Samples;

/// <summary>Rows of one length in blocks of some megabytes, so that all of them together may be larger than one array.</summary>
/// <typeparam name="TElement">What a row has.</typeparam>
internal sealed class BlockArray<TElement>
    where TElement : unmanaged
{
    private const int BlockElements = 1 << 20;

    private readonly TElement[][] _blocks;
    private readonly int _rowsPerBlock;

    /// <summary>Rows of zeros.</summary>
    public BlockArray(int rows, int rowLength)
    {
        RowLength = rowLength;
        _rowsPerBlock = Math.Max(1, BlockElements / rowLength);
        _blocks = new TElement[(rows + (long)_rowsPerBlock - 1) / _rowsPerBlock][];
        for (int block = 0; block < _blocks.Length; block++)
            _blocks[block] = new TElement[(long)rowLength * Math.Min(_rowsPerBlock, rows - ((long)block * _rowsPerBlock))];
    }

    /// <summary>Elements of a row.</summary>
    public int RowLength { get; }

    /// <summary>A row, to be read and written.</summary>
    public Span<TElement> Row(int row) => _blocks[row / _rowsPerBlock].AsSpan(row % _rowsPerBlock * RowLength, RowLength);
}
