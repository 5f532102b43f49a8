using System.Numerics;
using BasinVolume.Kernels;
using ILGPU;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>
/// One factor of a product as a group of threads fetches it: lines (rows of a, columns of b) by depth (k).
/// Stretches of <see cref="Depth"/> terms lie in shared memory with the lines side by side,
/// <c>tile[k, line]</c>, where a thread finds four of its lines in one access. What lies outside of the matrix is fetched as 0 in both factors and adds
/// nothing.
/// </summary>
internal struct TileEdge<T>
    where T : unmanaged, INumberBase<T>
{
    /// <summary>Terms that are fetched at a time.</summary>
    public const int Depth = 8;

    public ArrayView<T> Elements;
    public int BatchStride;
    public int LineStride;
    public int DepthStride;

    /// <summary>1 where neighbours in memory are neighbouring lines, 0 where they are neighbouring terms.</summary>
    public int AlongLines;

    /// <summary>1 where four neighbours may be moved at once.</summary>
    public int Wide;

    /// <summary>
    /// Distance of one k from the next in shared memory, in fours. One more than needed: threads that store one line's terms then meet different banks.
    /// </summary>
    public static int Pitch(int lines) => (lines / 4) + 1;

    /// <param name="device">The device.</param>
    /// <param name="data">The matrices, lines as rows.</param>
    /// <param name="entries">Entries of the batch.</param>
    public static TileEdge<T> Of(IlgpuDevice device, in MatrixBatch<T> data, int entries)
    {
        bool alongLines = data.ColumnStride != 1 && data.RowStride == 1;
        bool aligned = data.Data.Offset % 4 == 0 && data.BatchStride % 4 == 0;
        bool wide = alongLines
            ? data.Rows % 4 == 0 && data.ColumnStride % 4 == 0
            : data.ColumnStride == 1 && data.Columns % 4 == 0 && data.RowStride % 4 == 0;
        return new()
        {
            Elements = device.Take(data, entries),
            BatchStride = data.BatchStride,
            LineStride = data.RowStride,
            DepthStride = data.ColumnStride,
            AlongLines = alongLines ? 1 : 0,
            Wide = aligned && wide ? 1 : 0,
        };
    }

    /// <summary>Where a line of an entry begins.</summary>
    public readonly int Place(int entry, int line) => (entry * BatchStride) + (line * LineStride);

    /// <summary>The part of shared memory from a place on.</summary>
    public static ArrayView<Four<T>> From(ArrayView<Four<T>> tile, int place) => tile.SubView(place, tile.IntLength - place);

    /// <summary>Fours that a group fetches at a time.</summary>
    public static int Fours(int lines) => lines * Depth / 4;

    /// <summary>
    /// Fetches four number <paramref name="i"/> of the terms from <paramref name="k"/> on, as far as they are below <paramref name="end"/>:
    /// neighbours in memory.
    /// </summary>
    /// <param name="places">Where each line begins, −1 outside of the matrix.</param>
    /// <param name="lines">Number of lines.</param>
    /// <param name="i">Number of the four.</param>
    /// <param name="k">The first term.</param>
    /// <param name="end">The first term not to be fetched.</param>
    public readonly Four<T> Fetch(ArrayView<int> places, int lines, int i, int k, int end)
        => AlongLines != 0
            ? FetchLines(places, i % (lines / 4) * 4, k + (i / (lines / 4)), end)
            : FetchTerms(places[i / (Depth / 4)], k + (i % (Depth / 4) * 4), end);

    /// <summary>Puts what was fetched into shared memory.</summary>
    /// <param name="tile">Shared memory.</param>
    /// <param name="first">Where in it the first term is.</param>
    /// <param name="lines">Number of lines.</param>
    /// <param name="i">Number of the four.</param>
    /// <param name="four">What was fetched.</param>
    public readonly void Put(ArrayView<Four<T>> tile, int first, int lines, int i, Four<T> four)
    {
        int pitch = Pitch(lines);
        if (AlongLines != 0)
        {
            tile[first + (i / (lines / 4) * pitch) + (i % (lines / 4))] = four;
            return;
        }

        ArrayView<T> scalars = tile.Cast<T>();
        int target = ((first + (i % (Depth / 4) * 4 * pitch)) * 4) + (i / (Depth / 4));
        scalars[target] = four.X;
        scalars[target + (4 * pitch)] = four.Y;
        scalars[target + (8 * pitch)] = four.Z;
        scalars[target + (12 * pitch)] = four.W;
    }

    /// <summary>Four lines at one k.</summary>
    public readonly Four<T> FetchLines(ArrayView<int> places, int line, int k, int end)
    {
        if (Wide == 0)
            return new(One(places[line], k, end), One(places[line + 1], k, end), One(places[line + 2], k, end), One(places[line + 3], k, end));
        int place = places[line];
        return place >= 0 && k < end ? Elements.Cast<Four<T>>()[(place + (k * DepthStride)) / 4] : default;
    }

    // Four terms of one line.
    private readonly Four<T> FetchTerms(int place, int k, int end)
    {
        if (Wide == 0)
            return new(One(place, k, end), One(place, k + 1, end), One(place, k + 2, end), One(place, k + 3, end));
        return place >= 0 && k < end ? Elements.Cast<Four<T>>()[(place + k) / 4] : default;
    }

    private readonly T One(int place, int k, int end) => place >= 0 && k < end ? Elements[place + (k * DepthStride)] : T.Zero;
}
