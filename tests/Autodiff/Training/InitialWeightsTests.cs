using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Training;

namespace BasinVolume.Autodiff.Tests.Training;

public class InitialWeightsTests
{
    [Fact]
    public void Weights_are_normal_with_the_deviation_asked_for_and_biases_are_zero()
    {
        double[] weights = InitialWeights.Normal(Small(), Normal(3), 0.5);
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
        double[] weights = InitialWeights.NormalByInputs(network, Normal(3));
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
    public void Values_keep_their_size_from_layer_to_layer()
    {
        double[] weights = InitialWeights.NormalByInputs(Small(), Normal(3));
        // 1,690 draws of N(0, 1/169): the deviation is known to a share of 1/√(2·1690) = 0.017, and four of it are allowed.
        Assert.Equal(1 / 13.0, Math.Sqrt(weights[10..1700].Average(value => value * value)), 0.07 / 13);
    }

    // torch.manual_seed(3); print([float(v) for v in torch.rand(19)])
    // torch.manual_seed(3); print([float(v) for m in (torch.nn.Conv2d(1, 2, 2), torch.nn.Linear(2, 3)) for p in m.parameters() for v in p.flatten()])
    [Fact]
    public void Layers_begin_as_those_of_PyTorch()
    {
        Queue<double> uniform = new([
            0.004263520240783691, 0.10556936264038086, 0.2858424782752991, 0.026954829692840576, 0.47161436080932617, 0.06011629104614258, 0.7718658447265625,
            0.7436993718147278, 0.5944212079048157, 0.887856662273407, 0.45103132724761963, 0.7994906306266785, 0.14984089136123657, 0.40146881341934204,
            0.054176926612854004, 0.45940524339675903, 0.17560523748397827, 0.9491828680038452, 0.8473186492919922]);
        double[] expected =
        [
            -0.4957364797592163, -0.39443063735961914, -0.21415752172470093, -0.4730451703071594, -0.028385639190673828, -0.4398837089538574,
            0.2718658447265625, 0.24369937181472778, 0.09442120790481567, 0.387856662273407, -0.06925216317176819, 0.42354369163513184, -0.4951997399330139,
            -0.13934414088726044, -0.6304890513420105, -0.057409655302762985, -0.45876345038414, 0.6352404952049255, 0.49118274450302124,
        ];
        Network network = new NetworkBuilder(new Shape(1, 2, 2)).Convolution("c", 2, 2).Flatten().Linear("f", 3).SoftmaxLoss().Build();
        double[] weights = InitialWeights.AsPyTorch(network, uniform.Dequeue);
        Assert.Empty(uniform);
        Assert.All(expected.Zip(weights), pair => Assert.Equal(pair.First, pair.Second, 1e-7));
    }

    [Fact]
    public void Scales_begin_with_1_other_biases_with_0_and_embeddings_are_normal()
    {
        Network network = new NetworkBuilder(new Shape(4)).Embedding("e", 500, 4).LayerNormalization("n").Flatten().Linear("f", 3).SoftmaxLoss().Build();
        double[] weights = InitialWeights.AsPyTorch(network, new Random(1).NextDouble);
        Assert.All(weights[2000..2004], scale => Assert.Equal(1, scale));
        Assert.All(weights[2004..2008], bias => Assert.Equal(0, bias));
        // 2,000 draws: four standard errors of mean and deviation.
        Assert.Equal(0, weights[..2000].Average(), 4 / Math.Sqrt(2000));
        Assert.Equal(1, Math.Sqrt(weights[..2000].Average(value => value * value)), 4 / Math.Sqrt(2 * 2000));
    }

    // 169 inputs of ten outputs behind ten numbers of a convolution, as the notebook's.
    private static Network Small()
        => new NetworkBuilder(new Shape(1, 28, 28)).Convolution("conv1", 1, 3).Relu().MaxPool(2).Flatten().Linear("fc2", 10).SoftmaxLoss().Build();

    private static Func<double> Normal(int seed)
    {
        var random = new Random(seed);
        return () => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}
