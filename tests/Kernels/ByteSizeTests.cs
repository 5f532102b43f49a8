namespace BasinVolume.Kernels.Tests;

public class ByteSizeTests
{
    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(1, "1 bytes")]
    [InlineData(512, "512 bytes")]
    [InlineData(999, "999 bytes")]
    [InlineData(1000, "1 KB")]
    [InlineData(1536, "1.536 KB")]
    [InlineData(999_999, "1 MB")]
    [InlineData(23_450_000_000.0, "23.45 GB")]
    [InlineData(1099511627776.0, "1.1 TB")]
    [InlineData(3e22, "30000 EB")]
    public void An_amount_has_the_unit_that_suits_it(double bytes, string expected) => Assert.Equal(expected, ByteSize.Of(bytes));
}
