using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Data.Subsets;
using BasinVolume.Mnist.Models;

namespace BasinVolume.Mnist.Tests.Models;

public class InitialWeightsTests
{
    [Fact]
    public void Weights_are_normal_with_the_deviation_asked_for_and_biases_are_zero()
    {
        Network network = ReadyMade.Notebook();
        double[] weights = InitialWeights.Draw(network, new NumpyRandom(3), 0.5);
        Assert.Equal(1710, weights.Length);
        Assert.Equal(0, weights[9]);
        Assert.All(weights[1700..], bias => Assert.Equal(0, bias));
        // 1,690 draws: the deviation is known to 0.5/√(2·1690) = 0.009, the mean to 0.5/√1690 = 0.012; four of each are allowed.
        double[] drawn = weights[10..1700];
        Assert.Equal(0, drawn.Average(), 0.049);
        Assert.Equal(0.5, Math.Sqrt(drawn.Average(value => value * value)), 0.035);
    }

    // A tensor that nothing uses is called .weight as well; only what multiplies the input is drawn.
    [Fact]
    public void How_a_tensor_begins_follows_from_its_operator()
    {
        Network network = new NetworkBuilder(new Shape(2, 3, 3))
            .Scale("s")
            .Bias("b")
            .Convolution("c", 1, 2)
            .Unused("extra.weight", new Shape(4))
            .Flatten()
            .Linear("f", 3)
            .SoftmaxLoss()
            .Build();
        double[] weights = InitialWeights.DrawByInputs(network, new NumpyRandom(3));
        foreach (Parameter parameter in network.Parameters)
        {
            double[] values = weights[parameter.Offset..(parameter.Offset + parameter.Size)];
            if (parameter.Name is "c.weight" or "f.weight")
                Assert.DoesNotContain(values, value => value is 0 or 1);
            else
                Assert.All(values, value => Assert.Equal(parameter.Name == "s.weight" ? 1 : 0, value));
        }
    }

    [Fact]
    public void The_same_seed_draws_the_same_weights()
    {
        Network network = ReadyMade.Notebook();
        Assert.Equal(InitialWeights.Draw(network, new NumpyRandom(3), 1), InitialWeights.Draw(network, new NumpyRandom(3), 1));
        Assert.NotEqual(InitialWeights.Draw(network, new NumpyRandom(3), 1), InitialWeights.Draw(network, new NumpyRandom(4), 1));
    }
}
