using BasinVolume.Mnist.Terminal;

namespace BasinVolume.Mnist.Tests.Terminal;

/// <summary>The time that is left of a stage, as it is shown.</summary>
public sealed class RemainingTimeTests
{
    private readonly RemainingTime _time = new();

    [Fact]
    public void Shares_and_time_left_of_a_steady_stage_follow_it()
    {
        Assert.Equal(TimeSpan.FromSeconds(30), After(0.25, 10));
        Assert.Equal(TimeSpan.FromSeconds(20), After(0.5, 20));
        Assert.Equal((0.5, TimeSpan.FromSeconds(20)), (_time.Share, _time.Left));
    }

    [Fact]
    public void Time_left_never_grows_and_is_not_said_while_it_would()
    {
        var shown = new List<TimeSpan>();
        // Half of the stage is ten times slower than the other.
        (double, double)[] told = [(0.1, 5), (0.5, 25), (0.6, 75), (0.7, 125), (0.8, 175), (0.9, 225), (0.99, 270)];
        foreach ((double share, double seconds) in told)
        {
            if (After(share, seconds) is { } left)
                shown.Add(left);
        }

        Assert.Equal(shown.OrderDescending(), shown);
        // 25 s were left, and at 0.9 it is 25 s again; in between it was more.
        Assert.Equal(4, shown.Count);
    }

    [Fact]
    public void A_share_that_falls_is_none()
    {
        After(0.5, 10);
        After(0.2, 11);
        Assert.Equal(0.5, _time.Share);
    }

    [Fact]
    public void Nothing_is_promised_before_a_stage_has_shown_how_fast_it_is() => Assert.Null(After(0.5, 1));

    private TimeSpan? After(double share, double seconds)
    {
        _time.Report(share, TimeSpan.FromSeconds(seconds));
        return _time.Left;
    }
}
