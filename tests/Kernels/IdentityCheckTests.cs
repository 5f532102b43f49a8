namespace BasinVolume.Kernels.Tests;

public sealed class IdentityCheckTests
{
    [Theory]
    [InlineData(1.0, 2.0, true, 0.5)]
    [InlineData(3.0, 2.0, false, 1.5)]
    [InlineData(0.0, 0.0, true, 0.0)]
    [InlineData(1e-300, 0.0, false, double.PositiveInfinity)]
    [InlineData(double.NaN, 2.0, false, double.PositiveInfinity)]
    [InlineData(1.0, double.NaN, false, double.PositiveInfinity)]
    public void A_residual_within_its_bound_passes(double residual, double bound, bool passed, double share)
    {
        var check = new IdentityCheck("name", "statement", "reason", residual, bound, "formula");
        Assert.Equal((true, passed, share), (check.Applies, check.Passed, check.Share));
    }

    [Fact]
    public void What_does_not_apply_is_not_broken()
    {
        var check = IdentityCheck.NotApplicable("name", "statement", "reason");
        Assert.Equal((false, true, 0.0), (check.Applies, check.Passed, check.Share));
    }

    [Fact]
    public void The_worst_is_the_one_furthest_from_holding()
    {
        IdentityCheck[] checks = [new("a", "", "", 1, 10, ""), new("b", "", "", 1, 2, ""), IdentityCheck.NotApplicable("c", "", "")];
        Assert.Equal("b", IdentityCheck.Worst(checks).Name);
        Assert.Equal("d", IdentityCheck.Worst([.. checks, new("d", "", "", double.NaN, 1, "")]).Name);
    }
}
