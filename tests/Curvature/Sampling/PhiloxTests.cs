using BasinVolume.Curvature.Sampling;

namespace BasinVolume.Curvature.Tests.Sampling;

public class PhiloxTests
{
    // The known answers that the authors publish with Random123 (kat_vectors, philox4x32, 10 rounds): words 0 to 3 of the counter, then the key.
    [Theory]
    [InlineData(0, 0, 0, 0x_e169c58d_6627e8d5, 0x_9b00dbd8_bc57ac4c)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0x_41c83b0e_408f276d, 0x_6d5451fd_a20bc7c6)]
    [InlineData(0x_299f31d0_a4093822, 0x_85a308d3_243f6a88, 0x_03707344_13198a2e, 0x_94fdcceb_d16cfe09, 0x_24126ea1_5001e420)]
    public void Blocks_are_the_published_ones(ulong key, ulong counterLow, ulong counterHigh, ulong low, ulong high)
        => Assert.Equal((low, high), Philox.Block(key, counterLow, counterHigh));
}
