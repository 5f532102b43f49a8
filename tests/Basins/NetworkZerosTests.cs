using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Curvature.Structure;
using BasinVolume.Kernels;

namespace BasinVolume.Basins.Tests;

/// <summary>Which null directions a Hessian is said to have.</summary>
public class NetworkZerosTests
{
    // Two inputs, two classes: W is [2, 2], then β. The second input is 0 in every sample, so places 1 and 3 are zero.
    private static readonly Network Classifier = new NetworkBuilder(new Shape(2)).Linear("fc", 2).SoftmaxLoss().Build();
    private static readonly Matrix Hessian = new(6, 6,
    [
        4, 0, -4, 0, 2, -2,
        0, 0, 0, 0, 0, 0,
        -4, 0, 4, 0, -2, 2,
        0, 0, 0, 0, 0, 0,
        2, 0, -2, 0, 1, -1,
        -2, 0, 2, 0, -1, 1,
    ]);

    private static readonly double[] Gradient = [1, 0, -1, 0, 1, -1];

    [Fact]
    public void Shift_and_dead_features_are_named_and_the_solve_takes_them_out()
    {
        var zeros = NetworkZeros.Of(Classifier, Hessian, Gradient, weightDecay: 0);
        Assert.Equal(["softmax shift of fc", "dead features of fc"], zeros.Select(group => group.Name));
        StructuralReduction reduction = StructuralReduction.Of(Hessian, zeros, 1e-16);
        // Three shifts and one more for the dead feature: n − 4 are left.
        Assert.Equal([3, 1], reduction.Groups.Select(group => group.Count));
        Assert.Equal(2, reduction.Matrix.Rows);
    }

    [Fact]
    public void A_penalty_in_the_matrix_leaves_none()
        => Assert.Empty(NetworkZeros.Of(Classifier, Hessian, Gradient, weightDecay: 1e-5));
}
