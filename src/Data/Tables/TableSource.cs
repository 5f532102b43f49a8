using BasinVolume.Data.Formats;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Streams;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using nietras.SeparatedValues;

namespace BasinVolume.Data.Tables;

/// <summary>A table that was opened: every cell was looked at, and labels are known.</summary>
internal sealed class TableSource : DataSource
{
    private readonly TableFile _file;
    private readonly TableHeader _header;
    private readonly TableColumns _columns;
    private readonly TableForm _form;
    private readonly int[] _labels;

    private TableSource(TableFile file, TableHeader header, TableColumns columns, TableForm form, int[] labels)
        => (_file, _header, _columns, _form, _labels) = (file, header, columns, form, labels);

    /// <summary>Looks through a table.</summary>
    /// <exception cref="DataException">It is no table of numbers, or does not belong to the training samples.</exception>
    /// <exception cref="DataOptionException">What was said of it cannot be.</exception>
    public static DataSource Open(DataRequest request)
    {
        var file = TableFile.Open(request.Path);
        var header = TableHeader.Of(file);
        var columns = TableColumns.Of(file.Path, header, request.Options);
        CheckFeatures(file, columns, request);
        var scan = TableScan.Of(file, header, columns);
        TableLabels? labels = columns.Label is { } label ? TableLabels.Of(file.Path, scan, header.Names[label], request) : null;
        if (labels is null && request.Options.Classes is { } said)
            throw new DataOptionException($"--classes {said} says nothing about real targets; leave it out, or name the column of the class with --label.");
        var form = TableForm.Of(file.Path, scan, columns, request);
        return new TableSource(file, header, columns, form, labels is null ? [] : [.. scan.LabelOf.Select(place => labels.Places[place])])
        {
            Format = "csv",
            Path = request.Path,
            Layout = new(form.Shape, form.Elements)
            {
                Classes = labels?.Names ?? [],
                Targets = [.. columns.Targets.Select(column => header.Names[column])],
                Features = [.. columns.Features.Select(column => header.Names[column])],
            },
            TrainingCount = scan.Count,
            Note = form.Note,
        };
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Read(SampleKeeper training, SampleKeeper? test)
    {
        var row = new TableRow(_columns.Features.Length, _columns.Targets.Length);
        bool isHeader = _header.IsInFile;
        int index = 0;
        string sha256 = ReadFaults.Explained(Path, () => _file.Read(cells =>
        {
            if (!isHeader)
                Put(cells, row, index++, training);
            isHeader = false;
        }));
        if (index != TrainingCount)
            throw new DataException($"{Path} had {TrainingCount} rows when it was opened and now has {index}; leave it as it is while it is read.");
        return new Dictionary<string, string> { [System.IO.Path.GetFileName(Path)] = sha256 };
    }

    private static void CheckFeatures(TableFile file, TableColumns columns, DataRequest request)
    {
        if (request.Training is not { Features: { IsEmpty: false } expected })
            return;
        string[] found = [.. columns.Features.Select(column => columns.Names[column])];
        if (!found.SequenceEqual(expected))
            throw new DataException(
                $"{file.Path} has the columns {Printable.List(found)}, but those of the training samples are {Printable.List(expected)}; "
                + $"give the same columns in the same order.");
    }

    private void Put(SepReader.Row cells, TableRow row, int index, SampleKeeper keeper)
    {
        if (index >= TrainingCount)
            return;
        _columns.Check(cells, Path);
        row.Read(cells, _columns, Path);
        if (_form.Elements == ElementKind.Pixels)
            keeper.PutPixels(index, row.Pixels(_form));
        else
            keeper.PutNumbers<double>(index, row.Features, Path);
        if (_columns.Label is not null)
            keeper.PutLabels(index, _labels[index]);
        else
            keeper.PutTargets(index, row.Targets, Path);
    }

    // The numbers of a row, each row into the same place.
    private sealed class TableRow(int features, int targets)
    {
        private readonly byte[] _pixels = new byte[features];

        public double[] Features { get; } = new double[features];

        public double[] Targets { get; } = new double[targets];

        public void Read(SepReader.Row cells, TableColumns columns, string path)
        {
            for (int i = 0; i < Features.Length; i++)
                Features[i] = TableCell.Number(cells, columns.Features[i], path, columns.Names[columns.Features[i]]);
            for (int i = 0; i < Targets.Length; i++)
                Targets[i] = TableCell.Number(cells, columns.Targets[i], path, columns.Names[columns.Targets[i]]);
        }

        public byte[] Pixels(TableForm form)
        {
            int channels = form.Shape.Dimensions[0], size = _pixels.Length / channels;
            for (int i = 0; i < _pixels.Length; i++)
                _pixels[form.AreChannelsLast ? (i % channels * size) + (i / channels) : i] = (byte)Features[i];
            return _pixels;
        }
    }
}
