using BasinVolume.Interop.Pickles;

namespace BasinVolume.Interop.Tests.Pickles;

/// <summary>Dictionaries in pickles, written by hand as Python's pickletools describes the instructions.</summary>
public sealed class PickledItemsTests
{
    // {'a': [1, 258, -1, 70000], 'b': ('x', b'y'), b'c': 5}
    [Fact]
    public void Lists_are_numbers_or_texts()
    {
        PickledItems items = Read(
            [
                0x80, 3, .. "}("u8, .. "X\u0001\0\0\0a"u8, .. "]("u8, .. "K\u0001"u8, .. "M\u0002\u0001"u8,
                .. "J"u8, 0xff, 0xff, 0xff, 0xff, 0x8a, 3, 0x70, 0x11, 1, .. "e"u8,
                .. "X\u0001\0\0\0b"u8, .. "X\u0001\0\0\0x"u8, .. "C\u0001y"u8, 0x86, .. "C\u0001c"u8, .. "K\u0005"u8, .. "u."u8,
            ]);
        Assert.Equal(["a", "b", "c"], items.Names);
        Assert.Equal([1, 258, -1, 70000], items.Numbers("a"));
        Assert.Equal(["x", "y"], items.Texts("b"));
        TestFiles.AssertExplained<DataException>(() => items.Texts("a"), "p has under 'a' something else at index 0: expected a list of texts");
        TestFiles.AssertExplained<DataException>(() => items.Numbers("c"), "p has under 'c' something else: expected a list of whole numbers");
        TestFiles.AssertExplained<DataException>(() => items.Bytes("b"), "p has under 'b' something else: expected an array of uint8");
        TestFiles.AssertExplained<DataException>(() => items.Numbers("d"), "p has no 'd': it has a, b, c");
    }

    [Fact]
    public void What_is_no_dictionary_is_refused()
        => TestFiles.AssertExplained<DataException>(() => Read([0x80, 2, .. "]."u8]), "p is a pickle, but not of a dictionary");

    [Fact]
    public void What_would_start_a_program_is_refused()
        => TestFiles.AssertExplained<DataException>(
            () => Read([0x80, 2, .. "cos\nsystem\nX\u0002\0\0\0ls"u8, 0x85, .. "R."u8]), "p asks whoever loads it to call 'os.system', which no arrays need");

    // Instructions for bytes and for a text, whose length has one byte or four.
    [Theory]
    [InlineData((byte)'U')]
    [InlineData((byte)'T')]
    [InlineData((byte)'B')]
    [InlineData((byte)'X')]
    public void A_length_beyond_the_end_is_refused(byte instruction)
        => TestFiles.AssertExplained<DataException>(
            () => Read([0x80, 2, instruction, 0xff, 0xff, 0xff, 0x7f, 1, 2]), "p has a pickle that ends too early, at byte 9", "fetch the file again");

    private static PickledItems Read(byte[] pickle) => PickledItems.Read(new MemoryStream(pickle), pickle.Length, "p");
}
