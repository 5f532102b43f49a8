using System.Text;
using CsCheck;

namespace BasinVolume.Kernels.Tests;

public sealed class FileNameTests
{
    [Theory]
    [InlineData("conv1.weight")]
    [InlineData("layer 4 (größe)")]
    [InlineData("=1+1")]
    [InlineData("auxiliary.bias")]
    public void A_name_that_any_system_takes_has_no_fault(string name)
    {
        Assert.Null(FileName.FaultOf(name));
        Assert.Equal(name, FileName.Nearest(name));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../evil")]
    [InlineData(".weight")]
    [InlineData("/tmp/evil")]
    [InlineData("a\\b")]
    [InlineData("C:evil")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("a\u001b[31m")]
    [InlineData("gnp.\u202ea")]
    [InlineData("nul")]
    [InlineData("AUX.weight")]
    [InlineData("com1 .npy")]
    public void Any_other_has_one_and_a_neighbour_that_has_none(string name)
    {
        Assert.NotNull(FileName.FaultOf(name));
        Assert.Null(FileName.FaultOf(FileName.Nearest(name)));
    }

    // Not a case above: what is no text does not survive in an attribute.
    [Fact]
    public void Half_of_a_pair_is_no_name() => Any_other_has_one_and_a_neighbour_that_has_none("\ud800");

    [Fact]
    public void A_name_has_room_for_what_is_put_around_it()
    {
        Assert.Null(FileName.FaultOf(new string('a', 180)));
        Assert.Equal("takes 182 bytes, more than 180", FileName.FaultOf(new string('ä', 91)));
    }

    [Fact]
    public void The_nearest_name_never_has_a_fault_and_never_leaves_a_folder()
        => Gen.OneOf(Gen.Char, Gen.Char["./\\:\0 abc"]).Array[0, 300].Sample(letters =>
        {
            string name = FileName.Nearest(new string(letters));
            return FileName.FaultOf(name) is null
                && Encoding.UTF8.GetByteCount(name) <= FileName.MostBytes
                && Path.GetFullPath(name, "/folder") == Path.Combine("/folder", name);
        });
}
