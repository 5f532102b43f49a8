using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Kernels;
using BasinVolume.Report.Tables;

namespace BasinVolume.Mnist.Terminal;

/// <summary>
/// A table in lines of a width. Numbers and names are never broken; sentences are, and where they have no room they stand below the table. Where the rest has
/// none either, each row becomes a block of lines, or the last columns of a long table are left out, which is said.
/// </summary>
internal sealed class TableText
{
    private const string Gap = "  ";

    // Sentences in narrower columns are hard to read.
    private const int LeastProse = 22;

    // In as many lines a sentence in a narrow column is worse to read than below the table.
    private const int MostLines = 4;

    // Names are told apart by so much of their two ends.
    private const int LeastName = 20;

    // About what fits on a screen with the answer below it; the first rows and the last ones are shown of more.
    private const int MostRows = 20, FirstRows = 12, LastRows = 5;

    // Blocks of more rows fill a screen.
    private const int MostBlocks = 8;

    // Numbers have as many digits as there is room for; all of them are in the JSON.
    private static readonly int[] Digits = [8, 6, 4];

    private readonly int _width;
    private readonly bool _isLastComment;
    private readonly ImmutableArray<string> _heads;
    private readonly ImmutableArray<ImmutableArray<string>> _rows;
    private readonly ImmutableArray<Column> _columns;
    private readonly int _leftOut;

    private TableText(TextTable table, int width, int digits)
    {
        (_width, _isLastComment, _heads) = (width, table.IsLastComment, [.. table.Heads.Select(Printable.Text)]);
        ImmutableArray<ImmutableArray<string>> rows =
            [.. table.Rows.Select(row => ImmutableArray.CreateRange(row, cell => Shortened(Printable.Text(cell), digits)))];
        _leftOut = rows.Length > MostRows ? rows.Length - FirstRows - LastRows : 0;
        _rows = _leftOut == 0 ? rows : [.. rows[..FirstRows], .. rows[^LastRows..]];
        _columns = [.. Enumerable.Range(0, _heads.Length).Select(ColumnOf)];
    }

    /// <summary>The lines.</summary>
    public static IEnumerable<string> Lines(TextTable table, int width)
    {
        TableText[] forms = [.. Digits.Select(digits => new TableText(table, width, digits))];
        IEnumerable<string> lines = forms.Select(form => form.Fitting()).FirstOrDefault(fitting => fitting is not null) ?? forms[0].Refitted();
        return forms[0]._leftOut is 0
            ? lines
            : [.. lines, .. WrappedText.Wrap(string.Create(
                CultureInfo.InvariantCulture, $"{forms[0]._leftOut} rows between the first {FirstRows} and the last {LastRows} are in the JSON."), width)];
    }

    // As a table, without a comment where that has no room, or with the sentences of one column below; null where that is too wide.
    private IEnumerable<string>? Fitting()
    {
        int[] all = [.. Enumerable.Range(0, _columns.Length)], shown = _isLastComment ? all[..^1] : all;
        int[] columns = WidthsOf(all) is null ? shown : all;
        int[]? widths = WidthsOf(columns);
        if (widths is not null && LinesOf(columns, widths) <= MostLines)
            return Grid(columns, widths);
        int[] prose = [.. shown.Where(column => _columns[column].IsProse)], brief = [.. shown.Except(prose)];
        if (prose.Length == 1 && WidthsOf(brief) is { } narrow)
            return [.. Grid(brief, narrow), .. Below(prose[0])];
        return widths is null ? null : Grid(columns, widths);
    }

    // Of the longest row.
    private int LinesOf(int[] columns, int[] widths)
        => _rows.SelectMany(row => columns.Select((column, i) => WrappedText.Wrap(row[column], widths[i]).Count)).DefaultIfEmpty(0).Max();

    private IEnumerable<string> Refitted()
        => _rows.Length <= MostBlocks || _columns.Any(column => column.IsProse) ? Blocks() : WithoutLast([.. Enumerable.Range(0, _columns.Length)]);

    private static string Shortened(string cell, int digits) => string.Concat(ShortNumber.In(cell, digits).Select(part => part.Shown));

    // The widths of columns that have room; null where they have none.
    private int[]? WidthsOf(int[] columns)
    {
        int room = _width - (Gap.Length * (columns.Length - 1));
        int[] natural = [.. columns.Select(column => Math.Max(_columns[column].Cells, WrappedText.WidthOf(_heads[column])))];
        if (natural.Sum() <= room)
            return natural;
        int[] least = [.. columns.Select(LeastOf)];
        if (least.Sum() <= room)
            return Filled(columns, natural, least, room - least.Sum());
        // A long name is broken, and a word in it that is still too long loses its middle.
        int name = least[0], rest = room - (least.Sum() - name);
        if (columns[0] != 0 || !_columns[0].IsName || rest < LeastName)
            return null;
        least[0] = rest;
        return least;
    }

    // A comment has room on its row or none.
    private int LeastOf(int column)
    {
        bool wraps = _columns[column].IsProse && !IsComment(column);
        return Math.Max(wraps ? Math.Min(_columns[column].Cells, LeastProse) : _columns[column].Cells, WrappedText.WidestWord(_heads[column]));
    }

    private bool IsComment(int column) => _isLastComment && column == _heads.Length - 1;

    // What room is left goes to sentences first, column by column as evenly as they need it, and then to heads.
    private int[] Filled(int[] columns, int[] natural, int[] least, int left)
    {
        int[] widths = [.. least];
        foreach (bool prose in (bool[])[true, false])
        {
            int[] wanting = [.. Enumerable.Range(0, columns.Length).Where(i => _columns[columns[i]].IsProse == prose && widths[i] < natural[i])];
            while (left > 0 && wanting.Length > 0)
            {
                foreach (int i in wanting.Take(left))
                    widths[i]++;
                left -= Math.Min(left, wanting.Length);
                wanting = [.. wanting.Where(i => widths[i] < natural[i])];
            }
        }

        return widths;
    }

    private IEnumerable<string> Grid(int[] columns, int[] widths)
    {
        if (columns.Any(column => _heads[column].Length > 0))
        {
            foreach (string line in RowOf(columns, widths, _heads))
                yield return line;
            yield return new string('─', Math.Min(_width, widths.Sum() + (Gap.Length * (widths.Length - 1))));
        }

        for (int row = 0; row < _rows.Length; row++)
        {
            if (_leftOut > 0 && row == FirstRows)
                yield return "…";
            foreach (string line in RowOf(columns, widths, _rows[row]))
                yield return line;
        }
    }

    private IEnumerable<string> RowOf(int[] columns, int[] widths, ImmutableArray<string> cells)
    {
        IReadOnlyList<string>[] parts = [.. columns.Select((column, i) => WrappedText.Wrap(
            _columns[column].IsName ? string.Join(' ', cells[column].Split(' ').Select(word => WrappedText.Elide(word, widths[i]))) : cells[column],
            widths[i]))];
        for (int line = 0; line < parts.Max(part => part.Count); line++)
        {
            yield return string.Join(Gap, columns.Select((column, i) => WrappedText.Pad(
                line < parts[i].Count ? parts[i][line] : string.Empty, widths[i], _columns[column].IsNumber))).TrimEnd();
        }
    }

    // Sentences under the table, each behind the name of its row.
    private IEnumerable<string> Below(int prose)
        => _rows.Where(row => row[prose] is not ("" or Cell.Nothing)).SelectMany(row => WrappedText.Hang(Gap, $"{row[0]}: {row[prose]}", _width));

    // A number alone heads no block, and two say what they are.
    private IEnumerable<string> Blocks()
    {
        int first = _columns[0].IsNumber && _columns.Length > 2 ? 2 : 1;
        bool numbers = first == 2 && _columns[1].IsNumber;
        int names = Math.Min(_heads.Skip(first).Select(WrappedText.WidthOf).DefaultIfEmpty(0).Max(), _width / 3);
        foreach (ImmutableArray<string> row in _rows)
        {
            foreach (string line in WrappedText.Wrap(
                numbers ? $"{_heads[0]} {row[0]}, {_heads[1]} {row[1]}" : string.Join(' ', row[..first]), _width))
                yield return line;
            for (int column = first; column < row.Length; column++)
            {
                if (row[column] is "" or Cell.Nothing || IsComment(column))
                    continue;
                string head = WrappedText.Elide(_heads[column], names);
                foreach (string line in WrappedText.Hang($"{Gap}{WrappedText.Pad(head, names, toTheRight: false)}{Gap}", row[column], _width))
                    yield return line;
            }
        }
    }

    // What comes first is what matters most.
    private IEnumerable<string> WithoutLast(int[] columns)
    {
        for (int count = columns.Length - 1; count > 1; count--)
        {
            if (WidthsOf(columns[..count]) is { } widths)
                return [.. Grid(columns[..count], widths), .. WrappedText.Wrap(
                    $"Columns without room here, which the JSON has: {string.Join(", ", columns[count..].Select(column => _heads[column]))}.", _width)];
        }

        return Blocks();
    }

    private Column ColumnOf(int column)
    {
        string[] cells = [.. _rows.Select(row => row[column])];
        bool isNumber = cells.Any(cell => cell != Cell.Nothing) && cells.All(cell => cell == Cell.Nothing || IsNumber(cell));
        bool isProse = column > 0 && cells.Any(cell => WrappedText.WidthOf(cell) > LeastName && cell.Count(letter => letter == ' ') >= 3);
        return new(cells.Select(WrappedText.WidthOf).DefaultIfEmpty(0).Max(), isNumber, isProse, column == 0 && !isNumber);
    }

    private static bool IsNumber(string cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    // Cells: the widest cell.
    private sealed record Column(int Cells, bool IsNumber, bool IsProse, bool IsName);
}
