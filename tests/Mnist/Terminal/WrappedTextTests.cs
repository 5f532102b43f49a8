using BasinVolume.Mnist.Terminal;

namespace BasinVolume.Mnist.Tests.Terminal;

/// <summary>Texts in lines: broken between words, and a word that is wider than a line is cut.</summary>
public sealed class WrappedTextTests
{
    [Theory]
    [InlineData("one two three", 7, "one two", "three")]
    [InlineData("99.4 % right", 6, "99.4 %", "right")]
    [InlineData("体積の定義", 4, "体積", "の定", "義")]
    [InlineData("a/long/path", 4, "a/lo", "ng/p", "ath")]
    [InlineData("first\nsecond", 20, "first", "second")]
    [InlineData("", 20, "")]
    public void Text_is_broken_between_words(string text, int width, params string[] lines) => Assert.Equal(lines, WrappedText.Wrap(text, width));

    [Fact]
    public void Further_lines_hang_under_the_first() => Assert.Equal(["name  one", "      two"], WrappedText.Hang("name  ", "one two", 10));

    [Theory]
    [InlineData("layer1.block2.weight", 11, "layer…eight")]
    [InlineData("short", 11, "short")]
    public void A_long_name_keeps_both_ends(string name, int width, string expected) => Assert.Equal(expected, WrappedText.Elide(name, width));
}
