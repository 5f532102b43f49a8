using System.Collections.Immutable;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Kernels.Linear;
using BasinVolume.Mnist.Models;

namespace BasinVolume.Mnist.Tests.Models;

public sealed class ResNet20Tests
{
    [Fact]
    public void It_has_the_parameters_of_the_literature_under_PyTorchs_names()
    {
        Network network = ResNet20.Logits(new Shape(3, 32, 32), 10).SoftmaxLoss().Build();
        Assert.Equal(272_474, network.ParameterCount);
        string[] names = [.. network.Parameters.Select(parameter => $"{parameter.Name} {parameter.Shape}")];
        Assert.Equal(["conv1.weight [16, 3, 3, 3]", "bn1.weight [16]", "bn1.bias [16]", "layer1.0.conv1.weight [16, 16, 3, 3]"], names[..4]);
        Assert.Contains("layer2.0.downsample.0.weight [32, 16, 1, 1]", names);
        Assert.Contains("layer3.0.downsample.1.bias [64]", names);
        Assert.Equal(["fc.weight [10, 64]", "fc.bias [10]"], names[^2..]);
        // 19 convolutions and two shortcuts have a normalisation each.
        Assert.Equal(2 * 21, network.Buffers.Length);
        Assert.Equal(["bn1.running_mean", "bn1.running_var", "layer1.0.bn1.running_mean"], network.Buffers.Take(3).Select(buffer => buffer.Name));
    }

    // Loss, gradient and a product with the Hessian by PyTorch 1.13 in double for the same network of nn.Conv2d(bias=False), nn.BatchNorm2d in evaluation
    // and nn.Linear at two images of 3 x 8 x 8: with wave(count, pace, phase, size)[i] = size · sin(pace · i + phase), the parameters are wave(n, 1.37, 0.4,
    // 1), in weights times √(2/inputs), else times 0.1, and 1 more for a normalisation's weight; the k-th buffer is wave(·, 0.7, 0.3 k, 0.2), and 1 more for
    // a variance; inputs are wave(·, 0.77, 0.3, 1.5), labels 3 and 7, the direction wave(n, 0.9, 0.2, 1/√n).
    [Fact]
    public void Its_loss_and_derivatives_are_PyTorchs()
    {
        Network network = Filled(ResNet20.Logits(new Shape(3, 8, 8), 10).SoftmaxLoss().Build());
        int n = network.ParameterCount;
        double[] parameters = Wave(n, 1.37, 0.4, 1), gradient = new double[n], direction = Wave(n, 0.9, 0.2, 1 / Math.Sqrt(n));
        foreach (Parameter parameter in network.Parameters)
        {
            double size = parameter.Shape.Dimensions.Length > 1 ? Math.Sqrt(2.0 * parameter.Shape.Dimensions[0] / parameter.Size) : 0.1;
            foreach (ref double value in parameters.AsSpan(parameter.Offset, parameter.Size))
                value = (value * size) + (parameter.InitialValue ?? 0);
        }

        using var device = new HostDevice(2);
        using var plan = new Plan<double>(network, device);
        plan.SetParameters(parameters);
        var samples = new MatrixSamples(new Matrix(2, 192, Wave(2 * 192, 0.77, 0.3, 1.5)), [3, 7], [0.5, 0.5]);
        Assert.Equal(2.2571789165418643, Gradient.Compute(plan, samples, gradient), 1e-11);
        Assert.Equal(1.8944708147165148, EuclideanNorm.InOrder(gradient), 1e-10);
        Assert.Equal(-0.0007891651612832054, DotProduct.InOrder(gradient, direction), 1e-11);
        double[] product = Hessian.Multiply(plan, samples, new Matrix(1, n, direction)).Values;
        Assert.Equal(0.03238285495477785, EuclideanNorm.InOrder(product), 1e-10);
        Assert.Equal(8.124336433285289e-05, DotProduct.InOrder(product, direction), 1e-11);
    }

    private static Network Filled(Network network)
    {
        int number = 0;
        return network.WithBuffers(buffer => FilledWith(buffer, number++));
    }

    private static ImmutableArray<double> FilledWith(BufferTensor buffer, int number)
    {
        double more = buffer.Name.EndsWith("var", StringComparison.Ordinal) ? 1 : 0;
        return [.. Wave(buffer.Shape.Size, 0.7, 0.3 * number, 0.2).Select(value => value + more)];
    }

    private static double[] Wave(int count, double pace, double phase, double size)
        => [.. Enumerable.Range(0, count).Select(i => size * Math.Sin((pace * i) + phase))];
}
