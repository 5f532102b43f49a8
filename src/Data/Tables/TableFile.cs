using System.Text;
using BasinVolume.Data.Streams;
using BasinVolume.Kernels;
using nietras.SeparatedValues;

namespace BasinVolume.Data.Tables;

/// <summary>A file of rows and cells: separated by tabulators, semicolons or commas, in quotes or not, packed with gzip or not, UTF-8.</summary>
internal sealed class TableFile
{
    private const int Beginning = 1 << 16;

    // Of as many the first.
    private static readonly char[] Separators = ['\t', ';', ','];

    private readonly char _separator;

    private TableFile(string path, char separator) => (Path, _separator) = (path, separator);

    /// <summary>Takes a row.</summary>
    public delegate void RowReader(SepReader.Row row);

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Finds out what separates its cells: of the three, what its first line has most of, outside quotes.</summary>
    public static TableFile Open(string path)
    {
        using Stream content = OpenContent(path);
        var beginning = new byte[Beginning];
        int count = content.ReadAtLeast(beginning, Beginning, throwOnEndOfStream: false);
        string line = Encoding.UTF8.GetString(beginning, 0, count).Split('\n')[0];
        string outside = string.Concat(line.Split('"').Where((_, i) => i % 2 == 0));
        return new(path, Separators.MaxBy(separator => outside.Count(letter => letter == separator)));
    }

    /// <summary>Its bytes, unpacked.</summary>
    public static Stream OpenContent(string path)
    {
        Stream file = InputFile.Open(path, long.MaxValue);
        return GzipMembers.Is(file) ? new GzipMembers(file, path) : file;
    }

    /// <summary>Reads all rows but empty ones.</summary>
    /// <param name="read">Takes each.</param>
    /// <returns>SHA-256 of its bytes, unpacked.</returns>
    public string Read(RowReader read)
    {
        using Stream content = OpenContent(Path);
        using var hashed = new HashedStream(content);
        using var text = new StreamReader(hashed, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, Beginning, leaveOpen: true);
        using SepReader rows = Sep.New(_separator)
            .Reader(options => options with { HasHeader = false, Unescape = true, DisableColCountCheck = true })
            .From(text);
        foreach (SepReader.Row row in rows)
        {
            if (!row.Span.IsWhiteSpace())
                read(row);
        }

        return hashed.Finish();
    }
}
