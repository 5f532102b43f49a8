using System.Collections.Immutable;
using BasinVolume.Data.Formats;
using BasinVolume.Data.Streams;
using BasinVolume.Interop;

namespace BasinVolume.Data.Tables;

/// <summary>A table as text: a row a sample, columns of numbers, and one column that is the class or several that are real targets.</summary>
internal sealed class TableFormat : DataFormat
{
    // Text has no zeros.
    private const int Beginning = 1 << 12;

    private static readonly string[] Extensions = [".csv", ".tsv", ".tab", ".txt"];

    /// <inheritdoc/>
    public override string Name => "csv";

    /// <inheritdoc/>
    public override string Expected => "a .csv or .tsv table with a row a sample, numbers, and a label or targets";

    /// <inheritdoc/>
    public override ImmutableArray<DataOption> Options { get; } =
        [DataOption.LabelColumn, DataOption.TargetColumns, DataOption.Elements, DataOption.ChannelOrder, DataOption.Classes];

    /// <inheritdoc/>
    public override bool Recognises(string path)
    {
        if (!File.Exists(path) || !IsNamed(path))
            return false;
        try
        {
            using Stream content = TableFile.OpenContent(path);
            var beginning = new byte[Beginning];
            int count = content.ReadAtLeast(beginning, Beginning, throwOnEndOfStream: false);
            return count > 0 && !beginning.AsSpan(0, count).Contains((byte)0);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public override DataSource Open(DataRequest request) => Directory.Exists(request.Path)
        ? throw new DataException($"{request.Path} is a folder: expected {Expected}; give the file.")
        : ReadFaults.Explained(request.Path, () => TableSource.Open(request));

    // What a shell puts in the place of a file has no name of its own.
    private static bool IsNamed(string path)
    {
        string name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return Array.Exists(Extensions, extension => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
            || path.StartsWith("/dev/", StringComparison.Ordinal);
    }
}
