using CsCheck;

namespace BasinVolume.Kernels.Tests;

public sealed class PrintableTests
{
    [Theory]
    [InlineData("conv1.weight", "conv1.weight")]
    [InlineData("größe λ = ½|θ|², 数 👍", "größe λ = ½|θ|², 数 👍")]
    [InlineData("\u001b]0;owned\a\u001b[31m", @"\u001b]0;owned\u0007\u001b[31m")]
    [InlineData("two\r\nlines\tand\0more\u007f", @"two\r\nlines\tand\u0000more\u007f")]
    [InlineData("gnp.\u202enig", @"gnp.\u202enig")]
    [InlineData("a\u200bb\u2028c\u0085d\ufeffe", @"a\u200bb\u2028c\u0085d\ufeffe")]
    [InlineData("\U000e0041\uffff", @"\U000e0041\uffff")]
    public void What_steers_hides_or_turns_is_written_out(string text, string shown) => Assert.Equal(shown, Printable.Text(text));

    // Not a case above: what is no text does not survive in an attribute.
    [Fact]
    public void Halves_of_a_pair_are_written_out() => Assert.Equal(@"\ud800x\udc00", Printable.Text("\ud800x\udc00"));

    [Fact]
    public void Line_breaks_stay_where_they_are_wanted() => Assert.Equal("a\n\tb\\u001b", Printable.Lines("a\n\tb\u001b"));

    [Fact]
    public void Doing_it_twice_changes_nothing_and_nothing_else_is_left()
        => Gen.Char.Array[0, 40].Sample(letters =>
        {
            string shown = Printable.Text(new string(letters));
            return Printable.Is(shown) && Printable.Text(shown) == shown && (shown == new string(letters)) == Printable.Is(letters);
        });

    [Fact]
    public void A_long_name_says_how_long()
    {
        Assert.Equal(new string('a', 200), Printable.Name(new string('a', 200)));
        Assert.Equal($"{new string('a', 200)}… (1,001 more characters)", Printable.Name(new string('a', 1201)));
        // A pair is not cut in two.
        Assert.StartsWith($"{new string('a', 199)}… (", Printable.Name(new string('a', 199) + "👍👍"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_list_says_how_long()
    {
        Assert.Equal("a, b", Printable.List(["a", "b"]));
        Assert.Equal("0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 64,990 more", Printable.List(Enumerable.Range(0, 65_000).Select(i => $"{i}")));
    }

    [Fact]
    public void A_long_message_keeps_its_beginning_and_its_end()
    {
        string message = Printable.Message($"The file {new string('x', 444_000)}; give another.");
        Assert.InRange(message.Length, 3000, 3100);
        Assert.StartsWith("The file xxx", message, StringComparison.Ordinal);
        Assert.EndsWith("x; give another.", message, StringComparison.Ordinal);
        Assert.Contains("(441,024 characters left out)", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_message_of_an_explained_error_is_printable()
        => Assert.Equal(@"No file \u001b[2J\n here.", new DeviceException("No file \u001b[2J\n here.").Message);

    [Theory]
    [InlineData(0, "0 threads")]
    [InlineData(1, "1 thread")]
    [InlineData(1710, "1710 threads")]
    public void Several_of_something_have_an_s(int count, string expected) => Assert.Equal(expected, Printable.Counted(count, "thread"));
}
