using System.Numerics;
using ILGPU;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>
/// One factor of a convolution as a product, gathered from images (or from kernels, which are images of weights) when a group of threads fetches it:
/// lines (rows or columns of the result) by terms. An element is
/// <code>
/// plane(line, item of the term)[ line's row + term's row · TermRowStep, line's column + term's column · TermColumnStep ]
/// </code>
/// or 0 where that lies outside of the plane; what lies outside of the result or behind the last term is fetched as 0 as well.
/// So padding, stride and dilation are numbers here, and no matrix of copies is ever in memory.
/// </summary>
internal struct ImageEdge<T>
    where T : unmanaged, INumberBase<T>
{
    public ArrayView<T> Elements;
    public ImageLines Lines;

    /// <summary>Rows of a plane.</summary>
    public int Height;

    /// <summary>Columns of a plane.</summary>
    public int Width;

    /// <summary>Elements from one item of the terms to the next one's plane.</summary>
    public int TermStride;

    public int TermRowStep;
    public int TermColumnStep;

    /// <summary>1 where neighbours in memory are neighbouring terms, 0 where they are neighbouring lines: neighbouring threads fetch these.</summary>
    public int AlongTerms;

    /// <summary>Which of the terms that are fetched together the calling thread fetches, of all of its lines.</summary>
    public readonly int TermOf(int apart) => AlongTerms != 0 ? Group.IdxX % TileEdge<T>.Depth : Group.IdxX / apart;

    /// <summary>The first of the calling thread's lines; the others lie <paramref name="apart"/> lines apart.</summary>
    public readonly int LineOf(int apart) => AlongTerms != 0 ? Group.IdxX / TileEdge<T>.Depth : Group.IdxX % apart;

    /// <summary>Where a term lies from where its line begins; behind the last term it is outside of every plane.</summary>
    public readonly LinePlace Way(Term term, bool inside)
    {
        int row = term.Row * TermRowStep, column = term.Column * TermColumnStep;
        return new()
        {
            Element = (term.Item * TermStride) + (row * Width) + column,
            Row = inside ? row : LinePlace.Outside,
            Column = column,
        };
    }

    /// <summary>One element.</summary>
    /// <param name="line">Where its line begins.</param>
    /// <param name="way">Where its term lies from there.</param>
    public readonly T Fetch(LinePlace line, LinePlace way)
    {
        bool met = (uint)(line.Row + way.Row) < (uint)Height && (uint)(line.Column + way.Column) < (uint)Width;
        return met ? Elements[line.Element + way.Element] : T.Zero;
    }

    /// <summary>Elements of one term in four lines that lie so far apart.</summary>
    public readonly Four<T> FetchFour(ArrayView<LinePlace> places, int line, int apart, LinePlace way)
        => new(Fetch(places[line], way), Fetch(places[line + apart], way), Fetch(places[line + (2 * apart)], way), Fetch(places[line + (3 * apart)], way));
}

/// <summary>A place in a plane, or a way from one to another: in elements, and in rows and columns, by which one sees whether it lies inside.</summary>
internal struct LinePlace
{
    /// <summary>A row that no way leads back from; two of them together are outside as well.</summary>
    public const int Outside = -(1 << 30);

    public int Element;
    public int Row;
    public int Column;

    /// <summary>One access of 128 bits brings all.</summary>
    public int Unused;
}

/// <summary>
/// Lines of a factor, numbered through: ((entry · ItemsPerEntry + item) · Rows + row) · Columns + column. For pixels, items are samples; for weights and
/// channels they are channels.
/// </summary>
internal struct ImageLines
{
    public int Count;
    public int ItemsPerEntry;
    public int EntryStride;
    public int ItemStride;
    public int Rows;
    public int Columns;

    /// <summary>Rows of the plane from one of the line's rows to the next.</summary>
    public int RowStep;

    public int ColumnStep;

    /// <summary>The plane's row of the line's row 0.</summary>
    public int Top;

    public int Left;

    /// <summary>Elements from one batch of products to the next.</summary>
    public int BatchStride;

    /// <summary>Elements from one group of channels to the next.</summary>
    public int GroupStride;

    /// <summary>Where a line begins; outside of the result, outside of every plane.</summary>
    /// <param name="line">The line.</param>
    /// <param name="first">Where the first plane of the batch and the group begins.</param>
    /// <param name="width">Columns of a plane.</param>
    public readonly LinePlace Place(int line, int first, int width)
    {
        int rest = line / Columns;
        int item = rest / Rows;
        int row = (rest % Rows * RowStep) + Top, column = (line % Columns * ColumnStep) + Left;
        return new()
        {
            Element = first + (item / ItemsPerEntry * EntryStride) + (item % ItemsPerEntry * ItemStride) + (row * width) + column,
            Row = line < Count ? row : LinePlace.Outside,
            Column = column,
        };
    }
}
