using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Tests.Tables;

/// <summary>Numbers are shown with a few of their digits and keep all of them, and what is no number stays as it is.</summary>
public sealed class ShortNumberTests
{
    [Theory]
    [InlineData("7.7502438", "7.75")]
    [InlineData("-0.019841713", "-0.01984")]
    [InlineData("1.2345678e-12", "1.235e-12")]
    [InlineData("85562.686", "85563")] // no digit before the point is lost
    [InlineData("-4710.0497", "-4710")]
    [InlineData("-45.236888 (log probability)", "-45.24 (log probability)")]
    [InlineData("at least -66.123456", "at least -66.12")]
    [InlineData("-0.25678901 … 15.082631", "-0.2568 … 15.08")]
    [InlineData("15.082631 … 15.082932", "15.0826 … 15.0829")] // as many as tell them apart
    [InlineData("-0.205253923969 … -0.205233798328", "-0.20525 … -0.20523")]
    [InlineData("19.000474432987282 … 19.000474432987321", "19.00047443298728 … 19.00047443298732")]
    [InlineData("14.123456 … 14.123456", "14.12 … 14.12")]
    public void Numbers_are_short_and_say_what_they_were(string text, string seen)
    {
        (string Shown, string? Whole)[] parts = [.. ShortNumber.In(text, digits: 4)];
        Assert.Equal(seen, string.Concat(parts.Select(part => part.Shown)));
        Assert.Equal(text, string.Concat(parts.Select(part => part.Whole ?? part.Shown)));
    }

    [Theory]
    [InlineData("1234567")]
    [InlineData("10.0.12345")]
    [InlineData("run-1.234567")]
    [InlineData("/tmp/1.234567/x")]
    [InlineData("a1.234567")]
    [InlineData("2026-11-30")]
    [InlineData("1.5")]
    [InlineData("log V_n = -3942.742290: harmless")] // beside a number that differs in its last digits
    [InlineData("–")]
    public void What_is_no_long_number_stays(string text) => Assert.Equal(text, string.Concat(ShortNumber.In(text, digits: 4).Select(part => part.Shown)));
}
