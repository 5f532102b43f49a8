namespace BasinVolume.Curvature.Tests;

public class InertiaTests
{
    [Fact]
    public void Order_and_rank_follow_from_the_counts()
    {
        var inertia = new Inertia(5, 3, 2);
        Assert.Equal((10, 7), (inertia.Order, inertia.Rank));
    }

    [Theory]
    [InlineData(3, 0, 0, true)]
    [InlineData(0, 0, 0, true)]
    [InlineData(2, 1, 0, false)]
    [InlineData(2, 0, 1, false)]
    public void Positive_definite_means_positive_only(int positive, int zero, int negative, bool expected) =>
        Assert.Equal(expected, new Inertia(positive, zero, negative).IsPositiveDefinite);
}
