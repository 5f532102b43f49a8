using System.Globalization;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using nietras.SeparatedValues;

namespace BasinVolume.Data.Tables;

/// <summary>The cells of a row.</summary>
internal static class TableCell
{
    /// <summary>Their texts, without the spaces around them.</summary>
    public static string[] Texts(SepReader.Row row)
    {
        var texts = new string[row.ColCount];
        for (int i = 0; i < texts.Length; i++)
            texts[i] = row[i].Span.Trim().ToString();
        return texts;
    }

    /// <summary>A number with a decimal point, whatever it is worth.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out double number)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    /// <summary>A cell that must be a finite number.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">Which column.</param>
    /// <param name="path">The file, for errors.</param>
    /// <param name="name">The column's name, for errors.</param>
    /// <exception cref="DataException">It is something else.</exception>
    public static double Number(SepReader.Row row, int column, string path, string name)
    {
        ReadOnlySpan<char> text = row[column].Span;
        // Most cells of large tables are pixels.
        if (text.Length == 1 && char.IsAsciiDigit(text[0]))
            return text[0] - '0';
        return TryRead(text, out double number) && double.IsFinite(number) ? number : throw NoNumber(row, text.Trim().ToString(), path, name);
    }

    private static DataException NoNumber(SepReader.Row row, string text, string path, string name)
    {
        string found = text.Length == 0 ? "an empty cell" : $"'{Printable.Name(text)}'";
        return new(string.Create(
            CultureInfo.InvariantCulture,
            $"{path} has {found} in column '{Printable.Name(name)}', line {row.LineNumberFrom}: expected a finite number with a decimal point; "
            + $"give one there, or leave out the {(text.Length == 0 ? "row" : "column")}."));
    }
}
