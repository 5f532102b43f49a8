using BasinVolume.Data.Formats;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Streams;
using BasinVolume.Interop;

using BasinVolume.Interop.Pickles;
namespace BasinVolume.Data.Cifar;

/// <summary>A pickle: an array of images, and lists of labels.</summary>
internal sealed class PickledCifarBatch : CifarBatch
{
    private readonly long[] _labels;
    private readonly PickledArray _images;

    private PickledCifarBatch(long[] labels, PickledArray images) => (_labels, _images) = (labels, images);

    /// <summary>Reads the labels, and finds the images.</summary>
    public static PickledCifarBatch Of(CifarFile file, CifarLabel label)
    {
        var items = PickledItems.Read(file.Content, file.Length, file.Source);
        PickledArray images = items.Bytes("data");
        if (images.Shape is not ([>= 1, ImageBytes] or [>= 1, Channels, Side, Side]))
            throw new DataException(
                $"{file.Source} has images of the shape {string.Join(" x ", images.Shape)}, expected rows of {ImageBytes} bytes (3 x 32 x 32 pixels); "
                + $"fetch the file again.");
        long[] labels = items.Numbers(label.Key);
        return labels.Length == images.Shape[0]
            ? new(labels, images) { Count = labels.Length }
            : throw new DataException($"{file.Source} has {images.Shape[0]} images but {labels.Length} labels; fetch the file again.");
    }

    /// <inheritdoc/>
    protected override void Read(CifarFile file, HashedStream content, int first, IntegerClasses classes, SampleKeeper keeper)
    {
        content.SkipTo(_images.At);
        Stream images = _images.Open(new BufferedStream(content, ImageBytes));
        var image = new byte[ImageBytes];
        for (int i = 0; i < Count; i++)
        {
            images.ReadExactly(image);
            keeper.PutPixels(first + i, image);
            keeper.PutLabels(first + i, classes.PlaceOf(_labels[i], file.Source, i));
        }
    }
}
