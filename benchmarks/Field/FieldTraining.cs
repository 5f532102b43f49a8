using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Autodiff.Training;
using BasinVolume.Data.Subsets;
using BasinVolume.Kernels.Host;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Options;
using BasinVolume.Mnist.Training;

namespace BasinVolume.Benchmarks.Field;

/// <summary>A ready-made network that is trained for one epoch, without a test; a resnet20 on images of CIFAR's shape, whose statistics are fixed.</summary>
internal sealed class FieldTraining<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Random weights and random images must stay finite, whatever is learnt.
    private const double Rate = 1e-3;

    private readonly HostDevice _device = new(Environment.ProcessorCount);
    private readonly Plan<T> _plan;
    private readonly SubsetTrainer<T> _trainer;
    private readonly double[] _initial;

    public FieldTraining(string model, int samples, int batchSize)
    {
        Network network = model == "resnet20"
            ? ReadyMade.ResNet20(new ModelFrame(new Shape(3, 32, 32), 10, LossChoice.CrossEntropy))
            : ModelCatalog.Open(model);
        _plan = new Plan<T>(network, _device);
        _trainer = new SubsetTrainer<T>(
            _plan, FieldData.For(network, samples), [.. Enumerable.Range(0, samples)], new Hyperparameters(1, batchSize, Rate, 1, 0));
        _initial = InitialWeights.NormalByInputs(network, new NumpyRandom(1).NextGaussian);
    }

    public void Epoch() => _trainer.Run(_initial);

    public void Dispose()
    {
        _plan.Dispose();
        _device.Dispose();
    }
}
