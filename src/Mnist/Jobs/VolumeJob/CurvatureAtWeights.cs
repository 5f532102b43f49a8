using BasinVolume.Autodiff.Networks;
using BasinVolume.Basins;
using BasinVolume.Basins.Losses;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.MatrixFree;
using BasinVolume.Curvature.Stationary;
using BasinVolume.Curvature.Subspaces;
using BasinVolume.Curvature.Volumes.Estimated;
using BasinVolume.Interop;
using BasinVolume.Kernels.Host;
using BasinVolume.Kernels.Threads;
using BasinVolume.Report.Findings;

namespace BasinVolume.Mnist.Jobs.VolumeJob;

/// <summary>What products tell of a loss at weights of its own, stage by stage.</summary>
/// <param name="network">The network.</param>
/// <param name="opened">The same at work.</param>
/// <param name="threads">The team.</param>
/// <param name="view">Who watches.</param>
/// <param name="cancellation">Stops at the next product.</param>
internal sealed class CurvatureAtWeights(Network network, NetworkAtWork opened, HostThreads threads, IRunView view, CancellationToken cancellation)
{
    /// <summary>Computes it.</summary>
    /// <param name="name">What the model is called.</param>
    /// <param name="weights">θ.</param>
    /// <param name="weightDecay">The λ that is in the loss.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="exactness">How exactly products are right.</param>
    /// <exception cref="DataException">The products that are allowed do not suffice for quadratures.</exception>
    public (EstimatedModel Model, RitzPairs? Pairs) Compute(
        string name, double[] weights, double weightDecay, MatrixFreeOptions request, Exactness exactness)
    {
        IDifferentiableLoss loss = opened.DifferentiableWith(weightDecay);
        double[] gradient = new double[weights.Length];
        double value = loss.MoveTo(weights, gradient);
        KnownZeros zeros = view.During(
            $"{name}: known zeros", _ => NetworkZeros.Of(network, loss.Hessian, gradient, weightDecay, request.Seed, cancellation));
        MatrixFreeOptions asked = request with { Zeros = zeros.Subspace, MemoryBytes = HostMemory.FreeBytes() / 2, Exactness = exactness };
        var known = MatrixFreeCurvature.Of(loss.Hessian, asked, threads, new Stages(name, view), cancellation);
        if (known.Quadratures is not { } quadratures)
            throw new DataException($"{name}: where the weights were moved there are no {string.Join(' ', known.Missing).TrimEnd('.')}.");
        EstimatedBasin basin = view.During($"{name}: gradient and prior", progress => EstimatedBasin.Of(
            loss.Hessian, value, gradient, weights, quadratures, known.Trace?.Interval, asked.Steps, threads, progress, cancellation));
        return (basin.Model, known.Pairs);
    }

    private sealed class Stages(string name, IRunView view) : ICurvatureListener
    {
        public TResult During<TResult>(string stage, Func<IProgress<double>, TResult> compute) => view.During($"{name}: {stage}", compute);

        public void Found(MatrixFreeCurvature known)
        {
        }
    }
}
