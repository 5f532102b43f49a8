using BasinVolume.Data.Formats;
using BasinVolume.Data.Pictures;
using BasinVolume.Data.PictureSets;
using BasinVolume.Data.Samples;
using BasinVolume.Interop;
using Parquet;

namespace BasinVolume.Data.ParquetFiles;

/// <summary>The files of training or test samples, with their labels.</summary>
/// <param name="Files">Where they are.</param>
/// <param name="Label">The label's column; null for the usual one.</param>
/// <param name="Labels">The label of each sample as it is in the files or, in the end, the place of its class.</param>
internal sealed record ParquetPart(string[] Files, string? Label, int[] Labels)
{
    /// <summary>Number of samples.</summary>
    public int Count => Labels.Length;

    /// <summary>What they are called in errors.</summary>
    public string Source => Files[0];

    /// <summary>Reads the labels.</summary>
    /// <exception cref="DataException">A file is damaged, or a label is missing.</exception>
    public static ParquetPart Read(string[] files, string? label)
    {
        var labels = new List<int>();
        foreach (string file in files)
        {
            ParquetFile.Read(file, reader =>
            {
                var columns = ParquetColumns.Of(reader, file, label);
                long before = labels.Count;
                for (int group = 0; group < reader.RowGroupCount; group++)
                    ParquetColumn.Numbers(reader, group, columns.Label, file, (_, number) => labels.Add(LabelOf(number, file, labels.Count - before)));
                return labels.Count;
            });
        }

        return labels.Count > 0
            ? new(files, label, [.. labels])
            : throw new DataException($"{files[0]} has no rows: expected a row for each image; give another file.");
    }

    /// <summary>Their smallest and largest.</summary>
    public LabelRange Range()
    {
        var range = new LabelRange(Source);
        foreach (int label in Labels)
            range.Add(label);
        return range;
    }

    /// <summary>The same with the place of each label among classes.</summary>
    public ParquetPart With(IntegerClasses classes) => this with { Labels = [.. Labels.Select((label, i) => classes.PlaceOf(label, Source, i))] };

    /// <summary>Adds the pictures of the first row group to a form.</summary>
    /// <exception cref="DataException">One is missing, is none, or is of another size.</exception>
    public void Look(ImageForm form)
        => ParquetFile.Read(Files[0], reader =>
        {
            var columns = ParquetColumns.Of(reader, Files[0], Label);
            int group = Enumerable.Range(0, reader.RowGroupCount).First(i => reader.Metadata!.RowGroups[i].NumRows > 0);
            ParquetColumn.Bytes(reader, group, columns.Image, Files[0], pictures =>
            {
                for (int row = 0; row < pictures.Count; row++)
                {
                    string source = SourceOf(Files[0], row);
                    byte[] content = PictureOf(pictures[row], source);
                    form.Add(source, PictureHeader.Read(new MemoryStream(content, writable: false), source), () => PictureReader.Decoded(content, source));
                }
            });
            return form;
        });

    /// <summary>Streams the pictures.</summary>
    /// <exception cref="DataException">A file is damaged, or a picture is missing or of another form.</exception>
    public void Read(ImageForm form, SampleKeeper keeper)
    {
        int first = 0;
        foreach (string file in Files)
            first = ParquetFile.Read(file, reader => Read(reader, file, first, form, keeper));
        if (first != Count)
            throw new DataException(
                $"{Source} and its like had {Count} rows when they were opened and now have {first}; leave them as they are while they are read.");
    }

    private int Read(ParquetReader reader, string file, int first, ImageForm form, SampleKeeper keeper)
    {
        var columns = ParquetColumns.Of(reader, file, Label);
        int before = first;
        for (int group = 0; group < reader.RowGroupCount; group++)
        {
            int rows = (int)reader.Metadata!.RowGroups[group].NumRows;
            if (first + (long)rows > Count)
                return first + rows;
            if (Enumerable.Range(first, rows).Any(keeper.Wants))
                ParquetColumn.Bytes(reader, group, columns.Image, file, pictures => Put(pictures, file, first, first - before, form, keeper));
            first += rows;
        }

        return first;
    }

    private void Put(IReadOnlyList<ReadOnlyMemory<byte>?> pictures, string file, int first, int firstRow, ImageForm form, SampleKeeper keeper)
    {
        IEnumerable<PictureSample> wanted = Enumerable.Range(0, pictures.Count).Where(row => keeper.Wants(first + row)).Select(row => new PictureSample(
            first + row, Labels[first + row], string.Empty, SourceOf(file, firstRow + row), () => PictureOf(pictures[row], SourceOf(file, firstRow + row))));
        PictureSamples.Put(wanted, form, keeper, (_, _) => { });
    }

    private static string SourceOf(string file, long row) => FormattableString.Invariant($"{file}, row {row},");

    private static byte[] PictureOf(ReadOnlyMemory<byte>? picture, string source)
        => picture is { Length: > 0 } bytes ? bytes.ToArray() : throw new DataException(
            $"{source} has no bytes of a picture: expected a PNG, JPEG or BMP file in each row; leave the row out, or save the set with its files inside.");

    private static int LabelOf(long? label, string file, long row) => label is >= int.MinValue and <= int.MaxValue and { } number
        ? (int)number
        : throw new DataException(
            $"{SourceOf(file, row)} has {(label is null ? "no label" : $"the label {label}")}: expected the number of a class; leave the row out.");
}
