using BasinVolume.Mnist.Training;

namespace BasinVolume.Mnist.Tests.Training;

public class AdadeltaTests
{
    [Fact]
    public void The_first_step_has_its_closed_form()
    {
        // E[g²] = (1 − ρ) g² and E[Δ²] = 0, so Δ = √ε / √((1 − ρ) g² + ε) · g; with λ the gradient is g + λθ = 2 + 0.5 · 4 = 4.
        var optimizer = new Adadelta<double>(1, weightDecay: 0.5);
        double[] parameters = [4];
        optimizer.Step(parameters, [2], learningRate: 3);
        double step = Math.Sqrt(1e-6) / Math.Sqrt((0.1 * 16) + 1e-6) * 4;
        Assert.Equal(4 - (3 * step), parameters[0], 1e-14);
    }

    [Fact]
    public void A_zero_gradient_moves_nothing()
    {
        var optimizer = new Adadelta<float>(2, weightDecay: 0);
        float[] parameters = [1, -2];
        optimizer.Step(parameters, [0, 0], learningRate: 1);
        Assert.Equal([1, -2], parameters);
    }
}
