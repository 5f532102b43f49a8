using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Autodiff.Training;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Subsets;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Benchmarks.Field;

/// <summary>A network on samples, ready to be timed on the processor.</summary>
internal sealed class FieldCase<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Directions of a whole batch.</summary>
    public const int ManyDirections = 16;

    private readonly HostDevice _device = new(Environment.ProcessorCount);
    private readonly Plan<T> _plan;
    private readonly DatasetSamples _samples;
    private readonly double[] _gradient;
    private readonly Matrix _directions;
    private readonly Matrix _direction;
    private readonly Matrix _products;
    private readonly Matrix _product;

    /// <summary>Makes it.</summary>
    /// <param name="field">The network.</param>
    /// <param name="samples">How many samples.</param>
    /// <param name="budget">What the plan holds at once; what suits the processor, if left out.</param>
    public FieldCase(FieldNetwork field, int samples, PlanBudget? budget = null)
    {
        var random = new NumpyRandom(1);
        int n = field.Network.ParameterCount;
        _plan = new Plan<T>(field.Network, _device, budget);
        _plan.SetParameters(Array.ConvertAll(InitialWeights.NormalByInputs(field.Network, random.NextGaussian), T.CreateTruncating));
        _samples = new DatasetSamples(
            FieldData.For(field.Network, samples).Training, [.. Enumerable.Range(0, samples)], SampleWeights.Mean(samples));
        _gradient = new double[n];
        _directions = new Matrix(ManyDirections, n);
        for (int i = 0; i < _directions.Values.Length; i++)
            _directions.Values[i] = random.NextGaussian();
        _direction = new Matrix(1, n, _directions.Values[..n]);
        (_products, _product) = (new Matrix(ManyDirections, n), new Matrix(1, n));
    }

    /// <summary>The loss and its gradient.</summary>
    public void Gradient() => Autodiff.Gradient.Compute(_plan, _samples, _gradient);

    /// <summary>The Hessian times one direction.</summary>
    public void Product() => Hessian.Multiply(_plan, _samples, _direction, _product);

    /// <summary>The Hessian times sixteen directions at once.</summary>
    public void Products() => Hessian.Multiply(_plan, _samples, _directions, _products);

    /// <summary>The Gauss–Newton matrix times one direction.</summary>
    public void GaussNewton() => Autodiff.GaussNewton.Multiply(_plan, _samples, _direction, _product);

    public void Dispose()
    {
        _plan.Dispose();
        _device.Dispose();
    }
}
