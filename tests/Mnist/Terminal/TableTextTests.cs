using System.Collections.Immutable;
using BasinVolume.Mnist.Terminal;
using BasinVolume.Report.Tables;

namespace BasinVolume.Mnist.Tests.Terminal;

/// <summary>Tables in lines of a terminal: nothing is wider than it, no number is broken, and nothing goes missing without a word.</summary>
public sealed class TableTextTests
{
    private const string Sentence = "the loss is quadratic throughout the basin, and no ray leaves it before the threshold is reached";

    private static readonly TextTable Volumes = new(
        ["definition", "log of a", "nats", "95 % interval", "effective sample size", "why there is no value"],
        [
            ["measure", "probability", "-1.5741234", "–", "–", "–"],
            ["a definition with a very long name that nobody would give", "volume", "-253220.62", "-253222.01 … -253219.28", "16.123456", "–"],
            ["体積の定義 🎉", "volume", "–", "–", "–", Sentence],
        ]);

    private static readonly TextTable Numbers = new(
        ["group", .. Enumerable.Range(1, 14).Select(column => $"column{column}")],
        [.. Enumerable.Range(1, 30).Select(row => (ImmutableArray<string>)[$"row{row}", .. Enumerable.Range(1, 14).Select(column => $"{row}{column}00000")])]);

    public static TheoryData<int> Widths => [60, 80, 100, 140];

    [Theory]
    [MemberData(nameof(Widths))]
    public void No_line_is_wider_than_the_terminal(int width)
    {
        foreach (TextTable table in (TextTable[])[Volumes, Numbers])
            Assert.All(TableText.Lines(table, width), line => Assert.InRange(CellsOf(line), 0, width));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Numbers_stand_in_one_piece(int width)
    {
        string[] words = [.. TableText.Lines(Volumes, width).SelectMany(line => line.Split(' '))];
        Assert.Contains(words, word => word is "-253220.62" or "-253221");
        Assert.Contains(words, word => word is "-253222.01" or "-253222");
        Assert.Contains(words, word => word is "16.123456" or "16.1235" or "16.12");
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Sentences_are_there_word_for_word(int width)
    {
        // In a column of its own a sentence stands beside nothing in this row but its name and its kind.
        string[] words = [.. TableText.Lines(Volumes, width).SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        int at = 0;
        foreach (string word in Sentence.Split(' '))
            at = Array.IndexOf(words, word, at) is var place and >= 0 ? place + 1 : throw new InvalidOperationException($"'{word}' is missing at {width}.");
    }

    [Fact]
    public void Where_there_is_room_a_row_is_a_line_and_where_not_a_comment_goes_first()
    {
        const string Meaning = "the sum of all eigenvalues, whatever their signs";
        var table = new TextTable(["", "value", "what it means"], [["trace", "9.0318818", Meaning]]) { IsLastComment = true };
        Assert.Equal(
            ["           value  what it means", new string('─', 18 + Meaning.Length), $"trace  9.0318818  {Meaning}"], TableText.Lines(table, 80));
        Assert.Equal(["           value", new string('─', 16), "trace  9.0318818"], TableText.Lines(table, 40));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(50)]
    public void A_sentence_that_would_be_a_tall_column_stands_below(int width)
    {
        string reason = string.Join(' ', Enumerable.Repeat(Sentence, width / 20));
        var table = new TextTable(["definition", "nats", "why there is no value"], [["measure", "-1.5741234", "–"], ["rays", "–", reason]]);
        string[] lines = [.. TableText.Lines(table, width)];
        Assert.Equal("measure     -1.5741234", lines[2]);
        Assert.StartsWith("  rays: the loss is quadratic", lines[4], StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_that_begins_with_two_numbers_says_what_they_are()
    {
        var table = new TextTable(
            ["column", "eigenvalue", "residual", "conv1.weight", "fc2.weight"], [["0", "-0.019841672", "1.873e-15", "0.01523", "0.6842"]]);
        Assert.Equal(["column 0, eigenvalue -0.019841672", "  residual      1.873e-15"], TableText.Lines(table, 40).Take(2));
    }

    [Fact]
    public void A_number_in_a_name_stays_whole_where_the_name_is_broken()
    {
        var table = new TextTable(["", "interval"], [["log det(H + 4.00001 I)", "-253222.0199 … -253219.2899, far"]]);
        Assert.Contains("4.00001", string.Join('\n', TableText.Lines(table, 44)).Split(' ', '\n'));
    }

    [Fact]
    public void Columns_and_rows_that_are_left_out_are_named()
    {
        string[] lines = [.. TableText.Lines(Numbers, 80)];
        string said = string.Join(' ', lines);
        Assert.Contains("column14", said, StringComparison.Ordinal);
        Assert.Contains("13 rows between the first 12 and the last 5 are in the JSON", said, StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("row12 ", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.StartsWith("row13 ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("row30 ", StringComparison.Ordinal));
    }

    [Fact]
    public void What_would_steer_a_terminal_is_shown_as_text()
        => Assert.DoesNotContain(TableText.Lines(new(["a\e[2J"], [["b\e]0;title\a"]]), 80), line => line.Contains('\e', StringComparison.Ordinal));

    // Of the letters here those of Chinese and Japanese, and pictographs, take two cells (Unicode, East Asian Width).
    private static int CellsOf(string line) => line.EnumerateRunes().Sum(rune => rune.Value is (>= 0x3040 and <= 0x9FFF) or >= 0x1F300 ? 2 : 1);
}
