using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Autodiff.Sweeps;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Autodiff.Identities;

/// <summary>What identities let a network compute at θ, in whatever precision its plan has.</summary>
internal abstract class Passes
{
    /// <summary>H times each row of [V, n].</summary>
    public abstract Matrix MultiplyHessian(Matrix directions, CancellationToken cancellation);

    /// <summary>G times each row of [V, n], G the Gauss–Newton matrix.</summary>
    public abstract Matrix MultiplyGaussNewton(Matrix directions, CancellationToken cancellation);

    /// <summary>Shows every sample's value of the given number, its output, label and weight.</summary>
    public abstract void VisitSamples(int value, SampleVisitor visit);

    /// <summary>The gradients at other parameters, computed in double on the processor whatever the device is.</summary>
    public abstract double[][] GradientsAt(IReadOnlyList<double[]> points);

    /// <summary>g, and H times each row, with the samples in reverse order and in other chunks.</summary>
    public abstract (double[] Gradient, Matrix Products) Rearranged(Matrix directions, CancellationToken cancellation);
}

/// <summary>The passes of a plan.</summary>
/// <param name="plan">The plan.</param>
/// <param name="samples">The samples.</param>
/// <param name="parameters">θ, which the plan has.</param>
/// <param name="hessian">H, to take products with instead of passes; null if it was not computed.</param>
internal sealed class Passes<T>(Plan<T> plan, ISamples samples, T[] parameters, Matrix? hessian) : Passes
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override Matrix MultiplyHessian(Matrix directions, CancellationToken cancellation)
        => hessian is null ? Hessian.Multiply(plan, samples, directions, cancellation: cancellation) : DenseProduct.Multiply(hessian, directions);

    public override Matrix MultiplyGaussNewton(Matrix directions, CancellationToken cancellation)
        => GaussNewton.Multiply(plan, samples, directions, cancellation: cancellation);

    public override void VisitSamples(int value, SampleVisitor visit) => ValueSweep.Run(plan, samples, value, visit);

    public override double[][] GradientsAt(IReadOnlyList<double[]> points)
    {
        // A plan that is of that kind has its memory already.
        if (plan is Plan<double> { Device: HostDevice } own)
        {
            try
            {
                return GradientsAt(own, points);
            }
            finally
            {
                plan.SetParameters(parameters);
            }
        }

        using var device = new HostDevice(plan.Device.Threads.Count);
        using var host = new Plan<double>(plan.Network, device);
        return GradientsAt(host, points);
    }

    public override (double[] Gradient, Matrix Products) Rearranged(Matrix directions, CancellationToken cancellation)
    {
        // Chunks of two thirds: their borders lie elsewhere, and the last one is ragged.
        int chunk = Math.Max(1, 2 * Math.Min(plan.Budget.Samples, samples.Count) / 3);
        using var other = new Plan<T>(plan.Network, plan.Device, plan.Budget with { Samples = chunk });
        other.SetParameters(parameters);
        var reversed = new ReversedSamples(samples);
        var gradient = new double[parameters.Length];
        Gradient.Compute(other, reversed, gradient);
        return (gradient, Hessian.Multiply(other, reversed, directions, cancellation: cancellation));
    }

    private double[][] GradientsAt(Plan<double> host, IReadOnlyList<double[]> points)
    {
        var gradients = new double[points.Count][];
        for (int i = 0; i < gradients.Length; i++)
        {
            host.SetParameters(points[i]);
            gradients[i] = new double[parameters.Length];
            Gradient.Compute(host, samples, gradients[i]);
        }

        return gradients;
    }
}
