using BasinVolume.Curvature.Volumes;

namespace BasinVolume.Curvature.Tests.Volumes;

public class VolumeParametersTests
{
    [Fact]
    public void The_notebooks_prior_has_curvature_4()
    {
        // k/σ² = 1/0.25, λ = 1e-5.
        Assert.Equal(4, VolumeParameters.Notebook.PriorCurvature);
        Assert.Equal(4.00001, VolumeParameters.Notebook.Shift, 1e-15);
    }

    [Theory]
    [InlineData(double.NaN, 0, 0, 1, "The volume's threshold T is NaN where a finite number is expected: choose another value.")]
    [InlineData(2, -1, 0, 1, "The volume's weight decay λ is -1 where a finite number of at least 0 is expected: choose another value.")]
    [InlineData(2, 0, -0.5, 1, "The volume's prior weight k is -0.5 where a finite number of at least 0 is expected: choose another value.")]
    [InlineData(2, 0, 1, 0, "The volume's prior deviation σ is 0 where a finite number above 0 is expected: choose another value.")]
    [InlineData(2, 0, 1, 1e-200, "The volume's prior curvature k/σ² is Infinity where a finite number is expected: choose another value.")]
    public void A_constant_outside_its_range_is_refused(double threshold, double weightDecay, double priorWeight, double priorDeviation, string message) =>
        Assert.Equal(message, Assert.Throws<VolumeParameterException>(() => new VolumeParameters(threshold, weightDecay, priorWeight, priorDeviation)).Message);
}
