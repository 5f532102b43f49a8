using System.Numerics;
using BasinVolume.Autodiff.Training;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Autodiff.Tests.Training;

public sealed class AdadeltaTests : IDisposable
{
    private readonly HostThreads _threads = new(3);

    public void Dispose() => _threads.Dispose();

    [Fact]
    public void The_first_step_has_its_closed_form()
    {
        // E[g²] = (1 − ρ) g² and E[Δ²] = 0, so Δ = √ε / √((1 − ρ) g² + ε) · g; with λ the gradient is g + λθ = 2 + 0.5 · 4 = 4.
        var optimizer = new Adadelta<double>(_threads, 1, weightDecay: 0.5) { LearningRate = 3 };
        double[] parameters = [4];
        optimizer.Step(parameters, [2]);
        double step = Math.Sqrt(1e-6) / Math.Sqrt((0.1 * 16) + 1e-6) * 4;
        Assert.Equal(4 - (3 * step), parameters[0], 1e-14);
    }

    [Fact]
    public void A_zero_gradient_moves_nothing()
    {
        var optimizer = new Adadelta<float>(_threads, 2, weightDecay: 0);
        float[] parameters = [1, -2];
        optimizer.Step(parameters, [0, 0]);
        Assert.Equal([1, -2], parameters);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16384)]
    [InlineData(50003)]
    public void Every_element_has_the_bits_of_the_formula_for_one_number(int parameters)
    {
        AssertSameBits<float>(parameters, weightDecay: 0);
        AssertSameBits<float>(parameters, weightDecay: 0.01);
        AssertSameBits<double>(parameters, weightDecay: 0.01);
    }

    [Fact]
    public void A_gradient_of_another_length_is_refused()
        => Assert.Throws<ArgumentException>(() => new Adadelta<float>(_threads, 2, weightDecay: 0).Step(new float[2], new double[3]));

    private void AssertSameBits<T>(int parameters, double weightDecay)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(1);
        T[] weights = [.. Enumerable.Range(0, parameters).Select(_ => T.CreateTruncating(random.NextDouble() - 0.5))], expected = [.. weights];
        T[] squares = new T[parameters], steps = new T[parameters];
        var optimizer = new Adadelta<T>(_threads, parameters, weightDecay) { LearningRate = 0.7 };
        for (int step = 0; step < 3; step++)
        {
            // Of very different sizes, some of them 0.
            double[] gradient =
                [.. Enumerable.Range(0, parameters).Select(i => i % 5 == 0 ? 0 : (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-30, 3)))];
            optimizer.Step(weights, gradient);
            for (int i = 0; i < parameters; i++)
                Advance(ref expected[i], gradient[i], ref squares[i], ref steps[i], T.CreateTruncating(weightDecay), T.CreateTruncating(0.7));
            Assert.Equal(expected, weights);
        }
    }

    private static void Advance<T>(ref T weight, double gradient, ref T square, ref T before, T weightDecay, T rate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T rho = T.CreateTruncating(0.9), rest = T.CreateTruncating(1 - 0.9), epsilon = T.CreateTruncating(1e-6);
        T g = T.CreateTruncating(gradient) + (weightDecay * weight);
        square = (rho * square) + (rest * g * g);
        T step = T.Sqrt(before + epsilon) / T.Sqrt(square + epsilon) * g;
        before = (rho * before) + (rest * step * step);
        weight -= rate * step;
    }
}
