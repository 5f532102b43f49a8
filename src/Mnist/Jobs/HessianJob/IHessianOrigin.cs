using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Sweeps;
using BasinVolume.Kernels;

namespace BasinVolume.Mnist.Jobs.HessianJob;

/// <summary>Where the Hessian comes from that a job goes on with.</summary>
internal interface IHessianOrigin
{
    /// <summary>Looks at what the job began with, before anything is told.</summary>
    /// <typeparam name="T">What the device computes in.</typeparam>
    /// <param name="options">What is asked.</param>
    /// <param name="start">The model on its device.</param>
    /// <exception cref="ExplainedException">It is not what the Hessian is of.</exception>
    void Check<T>(HessianOptions options, PreparedModel<T> start)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>The Hessian, without a penalty.</summary>
    /// <typeparam name="T">What the device computes in.</typeparam>
    /// <param name="model">The model on its device, at its weights.</param>
    /// <param name="samples">What the loss is a sum over.</param>
    /// <param name="keeper">Who keeps it while it is not complete; null for nobody.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellation">Stops it.</param>
    Hessian Of<T>(PreparedModel<T> model, ISamples samples, IHessianKeeper? keeper, IProgress<double> progress, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>It is computed here.</summary>
internal sealed class ComputedHessian : IHessianOrigin
{
    /// <inheritdoc/>
    public void Check<T>(HessianOptions options, PreparedModel<T> start)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
    }

    /// <inheritdoc/>
    public Hessian Of<T>(PreparedModel<T> model, ISamples samples, IHessianKeeper? keeper, IProgress<double> progress, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Hessian.Compute(model.Plan, samples, progress, into: null, keeper, cancellation);
}
