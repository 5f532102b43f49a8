namespace BasinVolume.Kernels.Tests;

public class L2PenaltyTests
{
    [Fact]
    public void Value_gradient_and_Hessian_are_those_of_the_half_square()
    {
        var penalty = new L2Penalty(0.5);
        double[] weights = [2, -4], gradient = [1, 1];
        var hessian = new Matrix(2, 2, [1, 2, 2, 3]);
        penalty.AddGradient(gradient, weights);
        penalty.AddHessian(hessian);
        Assert.Equal(5, penalty.At(weights));
        Assert.Equal(5, penalty.CompensatedAt(weights));
        Assert.Equal([2, -1], gradient);
        Assert.Equal([1.5, 2, 2, 3.5], hessian.Values);
    }
}
