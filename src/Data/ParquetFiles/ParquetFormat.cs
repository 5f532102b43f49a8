using System.Collections.Immutable;
using BasinVolume.Data.Formats;
using BasinVolume.Kernels;

namespace BasinVolume.Data.ParquetFiles;

/// <summary>
/// Parquet as Hugging Face's datasets write it for the classification of images: a file, or a folder with train-*.parquet and test-*.parquet. A row has a
/// structure with the bytes of a PNG, JPEG or BMP file, and a label.
/// </summary>
internal sealed class ParquetFormat : DataFormat
{
    private static ReadOnlySpan<byte> Magic => "PAR1"u8;

    /// <inheritdoc/>
    public override string Name => "parquet";

    /// <inheritdoc/>
    public override string Expected => "a .parquet file of images and labels as Hugging Face writes it, or a folder with train-*.parquet and test-*.parquet";

    /// <inheritdoc/>
    public override ImmutableArray<DataOption> Options { get; } = [DataOption.LabelColumn, DataOption.Resize, DataOption.Channels, DataOption.Classes];

    /// <inheritdoc/>
    public override bool Recognises(string path)
    {
        if (Directory.Exists(path))
            return ParquetParts.IsIn(path);
        using Stream file = InputFile.Open(path, long.MaxValue);
        var beginning = new byte[Magic.Length];
        return file.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false) == Magic.Length && Magic.SequenceEqual(beginning);
    }

    /// <inheritdoc/>
    public override DataSource Open(DataRequest request) => ParquetFolder.Open(request);
}
