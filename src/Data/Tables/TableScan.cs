using BasinVolume.Data.Formats;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using nietras.SeparatedValues;

namespace BasinVolume.Data.Tables;

/// <summary>What a table has: looked through once, and every cell checked.</summary>
internal sealed class TableScan
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<string> _labels = [];
    private readonly List<(long Line, int Sample)> _firsts = [];
    private readonly List<int> _labelOf = [];

    private TableScan()
    {
    }

    /// <summary>Number of samples.</summary>
    public int Count { get; private set; }

    /// <summary>Whether all elements of the samples are whole numbers from 0 to 255.</summary>
    public bool AreLevels { get; private set; } = true;

    /// <summary>The labels that there are, in the order in which they come.</summary>
    public IReadOnlyList<string> Labels => _labels;

    /// <summary>Of each sample the place of its label among those.</summary>
    public IReadOnlyList<int> LabelOf => _labelOf;

    /// <summary>The line in which a label comes first.</summary>
    public long LineOf(int label) => _firsts[label].Line;

    /// <summary>The sample that has a label first.</summary>
    public int SampleOf(int label) => _firsts[label].Sample;

    /// <summary>Looks through a table.</summary>
    /// <exception cref="DataException">A cell is no number, a row has other cells than the first, a label is empty, or there is no sample.</exception>
    public static TableScan Of(TableFile file, TableHeader header, TableColumns columns)
    {
        var scan = new TableScan();
        bool isHeader = header.IsInFile;
        file.Read(row =>
        {
            if (!isHeader)
                scan.Add(row, file.Path, columns);
            isHeader = false;
        });
        return scan.Count > 0 ? scan : throw new DataException($"{file.Path} has a header and no rows: expected a row a sample; give a table that has some.");
    }

    private void Add(SepReader.Row row, string path, TableColumns columns)
    {
        columns.Check(row, path);
        foreach (int column in columns.Features)
            AreLevels &= IsLevel(TableCell.Number(row, column, path, columns.Names[column]));
        foreach (int column in columns.Targets)
            TableCell.Number(row, column, path, columns.Names[column]);
        if (columns.Label is { } label)
            AddLabel(row, label, path, columns.Names[label]);
        Count = checked(Count + 1);
    }

    private static bool IsLevel(double number) => number is >= 0 and <= byte.MaxValue && number == (byte)number;

    private void AddLabel(SepReader.Row row, int column, string path, string name)
    {
        ReadOnlySpan<char> text = row[column].Span.Trim();
        if (!_places.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out int place))
        {
            if (text.IsEmpty)
                throw new DataException(
                    $"{path} has an empty cell in column '{Printable.Name(name)}', line {row.LineNumberFrom}: expected a class; give one there, "
                    + $"or leave out the row.");
            if (_labels.Count == IntegerClasses.Most)
                throw new DataException(
                    $"{path} has more than {IntegerClasses.Most} labels in column '{Printable.Name(name)}', which are no classes; "
                    + $"give real targets with --target, or another column with --label.");
            place = _labels.Count;
            _places.Add(text.ToString(), place);
            _labels.Add(text.ToString());
            _firsts.Add((row.LineNumberFrom, Count));
        }

        _labelOf.Add(place);
    }
}
