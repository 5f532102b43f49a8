using System.Globalization;
using System.Text;
using BasinVolume.Kernels;

namespace BasinVolume.Interop;

/// <summary>
/// Tables as CSV (RFC 4180, but with line feeds alone): numbers with a point and as many digits as bring them back, what is not there as nothing.
/// A text that begins as a formula does (= + - @) gets an apostrophe before it.
/// </summary>
public static class CsvFile
{
    private const string Formula = "=+-@";
    private static readonly char[] Special = [',', '"', '\n', '\r'];

    /// <summary>Writes a table.</summary>
    /// <param name="path">The file; replaced if it is there.</param>
    /// <param name="columns">What the columns are called.</param>
    /// <param name="rows">Its rows, a cell for each column: texts, numbers, or null for an empty cell.</param>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows)
    {
        var text = new StringBuilder().AppendJoin(',', columns).Append('\n');
        foreach (IReadOnlyList<object?> row in rows)
            text.AppendJoin(',', row.Select(CellOf)).Append('\n');
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text.ToString())));
    }

    // What a spreadsheet would take for a formula is a text, and an apostrophe is how a spreadsheet is told so.
    private static string CellOf(object? value)
    {
        string cell = value is string text ? Printable.Text(text) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
        if (value is string && cell.Length > 0 && Formula.Contains(cell[0], StringComparison.Ordinal))
            cell = "'" + cell;
        return cell.IndexOfAny(Special) < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
