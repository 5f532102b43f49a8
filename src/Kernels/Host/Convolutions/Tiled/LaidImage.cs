using System.Numerics;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Kernels.Host.Convolutions.Tiled;

/// <summary>
/// An image with its padding, and with stride s cut into s phases: plane (c, a, b) holds the pixels [c, i·s + a − padding, j·s + b − padding], outside zeros.
/// <code>
/// x[c, i·s + p·d − padding, …] lies in phase a = p·d mod s at row i + ⌊p·d / s⌋
/// </code>
/// so that neighbouring outputs find neighbouring pixels under every element of the kernel, whatever its stride.
/// </summary>
internal sealed class LaidImage
{
    // Vectors may reach beyond the last pixel; what they find there goes nowhere, but is a number.
    private const int Margin = 64;

    private readonly int _channels;
    private readonly int _height;
    private readonly int _width;
    private readonly LaidSide _rows;
    private readonly LaidSide _columns;

    /// <summary>An image that is laid out so.</summary>
    /// <param name="channels">Its channels.</param>
    /// <param name="height">Its rows.</param>
    /// <param name="width">Its columns.</param>
    /// <param name="rows">Phases and padding of its rows.</param>
    /// <param name="columns">The same for its columns.</param>
    public LaidImage(int channels, int height, int width, LaidSide rows, LaidSide columns)
    {
        (_channels, _height, _width, _rows, _columns) = (channels, height, width, rows, columns);
        ChannelLength = Sizes.Product("padded image", rows.Phases, columns.Phases, rows.Length, columns.Length);
        Length = Sizes.Product("padded image", channels, ChannelLength) + Margin;
    }

    /// <summary>Elements of a row of a plane.</summary>
    public int Pitch => _columns.Length;

    /// <summary>Elements of a channel with all its phases.</summary>
    public int ChannelLength { get; }

    /// <summary>Elements in all.</summary>
    public int Length { get; }

    /// <summary>Where the pixel lies that element (p, q) of a kernel finds under the first output, from the beginning of its channel.</summary>
    /// <param name="row">p · dilation.</param>
    /// <param name="column">q · dilation.</param>
    public int OffsetOf(int row, int column)
    {
        int phase = ((row % _rows.Stride) * _columns.Phases) + (column % _columns.Stride);
        return (((phase * _rows.Length) + (row / _rows.Stride)) * Pitch) + (column / _columns.Stride);
    }

    /// <summary>Lays an image out.</summary>
    /// <param name="image">[channels, height, width].</param>
    /// <param name="laid">[<see cref="Length"/>]; overwritten.</param>
    public void Lay<T>(ReadOnlySpan<T> image, Span<T> laid)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        laid[..Length].Clear();
        int at = 0;
        for (int c = 0; c < _channels; c++)
        {
            ReadOnlySpan<T> channel = image.Slice(c * _height * _width, _height * _width);
            for (int a = 0; a < _rows.Phases; a++)
            {
                for (int b = 0; b < _columns.Phases; b++, at += _rows.Length * Pitch)
                    LayPhase(channel, a, b, laid.Slice(at, _rows.Length * Pitch));
            }
        }
    }

    /// <summary>Lays images out side by side: a place is a vector with an element of each, those of missing ones zeros. There is no stride.</summary>
    /// <param name="images">Some images, one behind the other.</param>
    /// <param name="count">How many.</param>
    /// <param name="lanes">Elements of a place.</param>
    /// <param name="laid">[<see cref="Length"/>, lanes]; overwritten.</param>
    public void LaySideBySide<T>(ReadOnlySpan<T> images, int count, int lanes, Span<T> laid)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        laid[..(Length * lanes)].Clear();
        int size = _channels * _height * _width;
        (int firstRow, int endRow) = _rows.Inside(0, _height);
        (int first, int end) = _columns.Inside(0, _width);
        for (int c = 0; c < _channels; c++)
        {
            for (int i = firstRow; i < endRow; i++)
            {
                ReadOnlySpan<T> pixels = images[((((c * _height) + _rows.PixelAt(i, 0)) * _width) + _columns.PixelAt(first, 0))..];
                int place = (c * ChannelLength) + (i * Pitch) + first;
                Transposition.Copy(pixels, size, laid[(place * lanes)..], lanes, count, end - first);
            }
        }
    }

    private void LayPhase<T>(ReadOnlySpan<T> channel, int a, int b, Span<T> plane)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int firstRow, int endRow) = _rows.Inside(a, _height);
        (int first, int end) = _columns.Inside(b, _width);
        if (end <= first || endRow <= firstRow)
            return;
        ReadOnlySpan<T> pixels = channel[((_rows.PixelAt(firstRow, a) * _width) + _columns.PixelAt(first, b))..];
        Span<T> places = plane[((firstRow * Pitch) + first)..];
        int rowStep = _rows.Stride * _width;
        if (_columns.Stride == 1)
        {
            ShortRuns.PutRows(pixels, rowStep, places, Pitch, endRow - firstRow, end - first);
            return;
        }

        for (int i = 0; i < endRow - firstRow; i++)
            TakeEvery(_columns.Stride, pixels[(i * rowStep)..], places.Slice(i * Pitch, end - first));
    }

    private static void TakeEvery<T>(int stride, ReadOnlySpan<T> pixels, Span<T> target)
    {
        for (int j = 0; j < target.Length; j++)
            target[j] = pixels[j * stride];
    }
}
