using BasinVolume.Data.Formats;
using BasinVolume.Data.Samples;

namespace BasinVolume.Data.Idx;

/// <summary>Two files that belong together: the images, still to be read, and their labels.</summary>
/// <param name="ImagesName">The name of the images' file in its usual spelling.</param>
/// <param name="ImagesPath">Where the images are.</param>
/// <param name="Shape">Images, rows, columns.</param>
/// <param name="LabelsName">The name of the labels' file in its usual spelling.</param>
/// <param name="LabelsPath">Where the labels were.</param>
/// <param name="Labels">One label an image, as the file has it or, in the end, its place among the classes.</param>
/// <param name="LabelsSha256">Checksum of the labels' file.</param>
/// <param name="Checksums">What the folder says of its files.</param>
internal sealed record IdxPart(
    string ImagesName,
    string ImagesPath,
    IReadOnlyList<int> Shape,
    string LabelsName,
    string LabelsPath,
    int[] Labels,
    string LabelsSha256,
    Checksums Checksums)
{
    // A call for each image would cost as much as unpacking it.
    private const int BytesTogether = 1 << 16;

    /// <summary>The same with the place of each label among classes.</summary>
    public IdxPart With(IntegerClasses classes) => this with { Labels = [.. Labels.Select((label, i) => classes.PlaceOf(label, LabelsPath, i))] };

    /// <summary>Streams the images.</summary>
    /// <param name="keeper">Takes them.</param>
    /// <param name="transposed">Whether rows and columns are exchanged.</param>
    /// <returns>The checksums of both files.</returns>
    public KeyValuePair<string, string>[] Read(SampleKeeper keeper, bool transposed)
    {
        using var file = IdxFile.Open(ImagesPath, long.MaxValue);
        int size = keeper.Layout.Shape.Size, together = Math.Clamp(BytesTogether / size, 1, Shape[0]);
        var images = new byte[together * size];
        var turned = new byte[transposed ? size : 0];
        for (int first = 0; first < Shape[0]; first += together)
        {
            Span<byte> some = images.AsSpan(0, Math.Min(together, Shape[0] - first) * size);
            file.Read(some);
            for (int i = 0; i < some.Length / size; i++)
            {
                ReadOnlySpan<byte> image = some.Slice(i * size, size);
                if (transposed)
                    Transpose(image, turned);
                keeper.PutPixels(first + i, transposed ? turned : image);
                keeper.PutLabels(first + i, Labels[first + i]);
            }
        }

        string sha256 = file.Finish();
        Checksums.Check(ImagesName, ImagesPath, sha256);
        return [new(ImagesName, sha256), new(LabelsName, LabelsSha256)];
    }

    private void Transpose(ReadOnlySpan<byte> image, Span<byte> turned)
    {
        (int rows, int columns) = (Shape[1], Shape[2]);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                turned[(column * rows) + row] = image[(row * columns) + column];
        }
    }
}
