using System.Numerics;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Kernels.Host.Convolutions.Winograd;

/// <summary>An image as tiles take it: laid pixel by pixel, the channels of a pixel side by side in whole vectors, with zeros around it.</summary>
/// <param name="Channels">Its channels.</param>
/// <param name="Height">Its rows.</param>
/// <param name="Width">Its columns.</param>
/// <param name="Top">Rows of zeros above it.</param>
/// <param name="Left">Columns of zeros to its left.</param>
/// <param name="Rows">Rows of the laid image.</param>
/// <param name="Columns">Columns of the laid image.</param>
internal readonly record struct WinogradImage(int Channels, int Height, int Width, int Top, int Left, int Rows, int Columns)
{
    /// <summary>Elements of the image.</summary>
    public int Size => Channels * Height * Width;

    /// <summary>Elements of the laid image.</summary>
    public int LaidSize<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Rows * Columns * WinogradProduct.Pitch<T>(Channels);

    /// <summary>Lays images.</summary>
    /// <param name="images">[images, channels, height, width].</param>
    /// <param name="laid">[images, rows, columns, pitch], at least.</param>
    public void Lay<T>(ReadOnlySpan<T> images, Span<T> laid)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (; images.Length > 0; images = images[Size..], laid = laid[LaidSize<T>()..])
            LayOne(images[..Size], laid[..LaidSize<T>()]);
    }

    /// <summary>Takes images out of laid ones.</summary>
    /// <param name="laid">[images, rows, columns, pitch].</param>
    /// <param name="images">[images, channels, height, width].</param>
    public void Take<T>(ReadOnlySpan<T> laid, Span<T> images)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (; images.Length > 0; images = images[Size..], laid = laid[LaidSize<T>()..])
            TakeOne(laid, images[..Size]);
    }

    private void LayOne<T>(ReadOnlySpan<T> image, Span<T> laid)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int pitch = WinogradProduct.Pitch<T>(Channels), row = Columns * pitch, left = Left * pitch, width = Width * pitch;
        laid[..(Top * row)].Clear();
        laid[((Top + Height) * row)..].Clear();
        for (int y = 0; y < Height; y++)
        {
            Span<T> line = laid.Slice((Top + y) * row, row);
            line[..left].Clear();
            line[(left + width)..].Clear();
            Transposition.Copy(image[(y * Width)..], Height * Width, line[left..], pitch, Channels, Width);
        }
    }

    private void TakeOne<T>(ReadOnlySpan<T> laid, Span<T> image)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int pitch = WinogradProduct.Pitch<T>(Channels);
        for (int y = 0; y < Height; y++)
        {
            ReadOnlySpan<T> line = laid[((((Top + y) * Columns) + Left) * pitch)..];
            Transposition.Copy(line, pitch, image[(y * Width)..], Height * Width, Width, Channels);
        }
    }
}
