using System.Numerics;
using BasinVolume.Kernels.Host.Products;

namespace BasinVolume.Kernels.Host.Convolutions.Winograd;

/// <summary>
/// The matrix product of one of the sixteen elements, tile by tile. Rows of the left-hand operand lie at equal distances, and there are whole tiles of them in
/// memory: what the last tile has beyond the rows goes behind the result's last.
/// </summary>
/// <param name="Rows">Rows of the product.</param>
/// <param name="Depth">Terms of each sum.</param>
/// <param name="Columns">Columns of the product.</param>
/// <param name="LeftRow">Elements from a row of the left-hand operand to the next.</param>
/// <param name="LeftStep">Elements from one of its terms to the next.</param>
/// <param name="RightStrip">Elements from a strip of the right-hand operand, [depth, <see cref="Tile{T}.Columns"/>], to the next.</param>
/// <param name="ResultRow">Elements from a row of the result to the next.</param>
internal readonly record struct ElementProduct<T>(int Rows, int Depth, int Columns, int LeftRow, int LeftStep, int RightStrip, int ResultRow)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>So many rows that tiles of either kind lie in them.</summary>
    public static int WholeRows(int rows) => Math.Max(WinogradProduct.RoundUp(rows, Tile<T>.Rows), WinogradProduct.RoundUp(rows, TallTile<T>.Rows));

    /// <summary>Computes it.</summary>
    /// <param name="left">The left-hand operand.</param>
    /// <param name="right">The right-hand operand's strips.</param>
    /// <param name="result">The product.</param>
    /// <param name="accumulate">Whether it is added.</param>
    public void Multiply(Span<T> left, Span<T> right, Span<T> result, bool accumulate)
    {
        for (int column = 0; column < Columns; column += Tile<T>.Columns)
        {
            int columns = Columns - column;
            Span<T> strip = right.Slice(column / Tile<T>.Columns * RightStrip, Depth * Tile<T>.Columns);
            if (columns <= Tile<T>.HalfColumns && TallTile<T>.IsSupported)
                Tall(left, strip, result[column..], accumulate);
            else
                Usual(left, strip, columns, result[column..], accumulate);
        }
    }

    private void Usual(Span<T> left, ReadOnlySpan<T> strip, int columns, Span<T> result, bool accumulate)
    {
        ReadOnlySpan<int> starts = [0, LeftRow, 2 * LeftRow, 3 * LeftRow, 4 * LeftRow, 5 * LeftRow];
        ReadOnlySpan<int> places = [0, ResultRow, 2 * ResultRow, 3 * ResultRow, 4 * ResultRow, 5 * ResultRow];
        for (int row = 0; row < Rows; row += Tile<T>.Rows)
        {
            var rows = TileRows<T>.InPlace(ref left[row * LeftRow], starts, LeftStep);
            ref T target = ref result[row * ResultRow];
            if (columns > Tile<T>.HalfColumns)
                Tile<T>.Multiply(rows, strip, Depth, ref target, places, accumulate);
            else
                Tile<T>.MultiplyHalf(rows, strip, 0, Depth, ref target, places, accumulate);
        }
    }

    private void Tall(Span<T> left, Span<T> strip, Span<T> result, bool accumulate)
    {
        for (int row = 0; row < Rows; row += TallTile<T>.Rows)
            TallTile<T>.Multiply(ref left[row * LeftRow], LeftRow, LeftStep, ref strip[0], Depth, ref result[row * ResultRow], ResultRow, accumulate);
    }
}
