using BasinVolume.Data.Formats;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Streams;
using BasinVolume.Interop;

namespace BasinVolume.Data.Cifar;

/// <summary>Records: one label or two of a byte each, and the image.</summary>
internal sealed class BinaryCifarBatch : CifarBatch
{
    private readonly int _labelBytes;
    private readonly int _label;

    private BinaryCifarBatch(int labelBytes, int label) => (_labelBytes, _label) = (labelBytes, label);

    /// <summary>Finds out how many there are.</summary>
    public static BinaryCifarBatch Of(CifarFile file, CifarSet set, CifarLabel label)
    {
        int record = set.LabelBytes + ImageBytes;
        return file.Length % record == 0 && file.Length > 0 && file.Length / record <= Array.MaxLength
            ? new(set.LabelBytes, label.Place) { Count = (int)(file.Length / record) }
            : throw new DataException(
                $"{file.Source} has {file.Length} bytes, expected records of {record} bytes ({set.LabelBytes} of labels and 3 x 32 x 32 pixels) and "
                + $"nothing else; fetch the file again.");
    }

    /// <inheritdoc/>
    protected override void Read(CifarFile file, HashedStream content, int first, IntegerClasses classes, SampleKeeper keeper)
    {
        var record = new byte[_labelBytes + ImageBytes];
        for (int i = 0; i < Count; i++)
        {
            content.ReadExactly(record);
            keeper.PutPixels(first + i, record.AsSpan(_labelBytes));
            keeper.PutLabels(first + i, classes.PlaceOf(record[_label], file.Source, i));
        }
    }
}
