using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Tests.Tables;

public sealed class TextTableTests
{
    [Fact]
    public void Columns_in_which_nothing_stands_are_left_out()
    {
        var table = new TextTable(["name", "a", "b", "comment"], [["x", Cell.Nothing, "1", string.Empty], ["y", string.Empty, "2", "said"]])
        {
            IsLastComment = true,
        };
        TextTable found = table.WithoutEmptyColumns();
        Assert.Equal(["name", "b", "comment"], found.Heads);
        Assert.Equal([["x", "1", string.Empty], ["y", "2", "said"]], found.Rows.Select(row => row.ToArray()));
        Assert.True(found.IsLastComment);
        Assert.Same(found, found.WithoutEmptyColumns());
    }

    [Fact]
    public void A_row_may_end_early_and_a_comment_go()
    {
        // A damaged record has lists of unequal length.
        TextTable found = new TextTable(["name", "a", "comment"], [["x"], ["y", "1"]]) { IsLastComment = true }.WithoutEmptyColumns();
        Assert.Equal(["name", "a"], found.Heads);
        Assert.Equal([["x", Cell.Nothing], ["y", "1"]], found.Rows.Select(row => row.ToArray()));
        Assert.False(found.IsLastComment);
    }
}
