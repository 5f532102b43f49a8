using BasinVolume.Kernels;
using BasinVolume.Mnist.Commands;
using BasinVolume.Mnist.Jobs;

namespace BasinVolume.Mnist.Tests.Jobs.VerifyJob;

public sealed class SelfCheckTests
{
    private static readonly IdentityCheck Holds = new("trace", "", "", 0.5, 2, "");
    private static readonly IdentityCheck HoldsExactly = new("dead-features", "", "", 0, 0, "");
    private static readonly IdentityCheck IsBroken = new("symmetry", "", "", 3, 2, "");
    private static readonly IdentityCheck SaysNothing = IdentityCheck.NotApplicable("rescaling-gradient", "", "");

    [Fact]
    public void The_line_counts_those_that_apply_and_names_the_closest()
        => Assert.Equal("2 of 2 identities hold; closest to its bound: trace, 0.25 of it", SelfCheck.Summary([HoldsExactly, Holds, SaysNothing]));

    [Fact]
    public void The_line_says_loudly_what_is_broken()
        => Assert.Equal("1 of 2 identities hold; BROKEN: symmetry", SelfCheck.Summary([Holds, IsBroken, SaysNothing]));

    [Fact]
    public void Where_none_applies_the_line_says_so()
        => Assert.Equal("no identity applies", SelfCheck.Summary([SaysNothing]));

    [Fact]
    public void A_broken_identity_is_an_error_that_names_it_and_ends_with_exit_code_1()
    {
        SelfCheck.Demand([new("all", [Holds, HoldsExactly, SaysNothing])]);
        IdentityException error = Assert.Throws<IdentityException>(
            () => SelfCheck.Demand([new("lenet5", [Holds, IsBroken]), new("sound", [Holds]), new("mlp", [IsBroken])]));
        Assert.Contains("lenet5", error.Message, StringComparison.Ordinal);
        Assert.Contains("lenet5 (symmetry) and of mlp (symmetry)", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sound", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, ExitCodes.Of(error));
    }
}
