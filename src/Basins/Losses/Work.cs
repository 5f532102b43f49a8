using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Maps;
using BasinVolume.Kernels;

namespace BasinVolume.Basins.Losses;

/// <summary>A plan at weights, in one precision or the other.</summary>
/// <param name="device">Where it computes.</param>
/// <param name="owned">What is closed with it, in this order.</param>
internal abstract class Work(Device device, IDisposable[] owned) : IDisposable
{
    /// <summary>Where it computes.</summary>
    public Device Device => device;

    /// <summary>The Hessian as a map.</summary>
    public abstract ILinearMap Map { get; }

    /// <summary>How exactly elements of the Hessian are known.</summary>
    public Exactness Exactness => new(Map.UnitRoundoff);

    /// <summary>The same, with the plan at the weights whatever others it was given since.</summary>
    public abstract Work AtWeights();

    /// <summary>Loss and gradient.</summary>
    public abstract (double Loss, double[] Gradient) First();

    /// <summary>The whole Hessian.</summary>
    public abstract Hessian Hessian(IProgress<double>? progress, CancellationToken cancellation);

    /// <summary>The whole Gauss–Newton matrix.</summary>
    public abstract GaussNewton GaussNewton(IProgress<double>? progress, CancellationToken cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable each in owned)
            each.Dispose();
    }
}

/// <summary>In float or double.</summary>
internal sealed class Work<T> : Work
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Plan<T> _plan;
    private readonly ISamples _samples;
    private readonly T[] _weights;

    public Work(Plan<T> plan, ReadOnlySpan<double> weights, ISamples samples, params IDisposable[] owned)
        : base(plan.Device, owned)
    {
        (_plan, _samples, _weights) = (plan, samples, Array.ConvertAll(weights.ToArray(), T.CreateTruncating));
        _plan.SetParameters(_weights);
        Map = NetworkMaps.Hessian(_plan, samples);
    }

    public override ILinearMap Map { get; }

    public override Work AtWeights()
    {
        _plan.SetParameters(_weights);
        return this;
    }

    public override (double Loss, double[] Gradient) First()
    {
        double[] gradient = new double[_plan.Network.ParameterCount];
        return (Gradient.Compute(_plan, _samples, gradient), gradient);
    }

    public override Hessian Hessian(IProgress<double>? progress, CancellationToken cancellation)
        => Autodiff.Hessian.Compute(_plan, _samples, progress, cancellation: cancellation);

    public override GaussNewton GaussNewton(IProgress<double>? progress, CancellationToken cancellation)
        => Autodiff.GaussNewton.Compute(_plan, _samples, progress, cancellation: cancellation);
}
