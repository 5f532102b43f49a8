using System.Collections.Immutable;
using BasinVolume.Autodiff;
using BasinVolume.Basins.Losses;
using BasinVolume.Curvature.Stationary;
using BasinVolume.Curvature.Volumes.Rays;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Jobs.Answers;

/// <summary>A network at work whose losses and derivatives are asked through a journal.</summary>
/// <param name="network">The network; closed with this.</param>
/// <param name="journal">The journal; closed with this.</param>
internal sealed class KeptNetwork(NetworkAtWork network, Journal journal) : NetworkAtWork
{
    /// <inheritdoc/>
    public override HostThreads Threads => network.Threads;

    /// <inheritdoc/>
    public override DeviceDescription Device => network.Device;

    /// <inheritdoc/>
    public override int Chunk => network.Chunk;

    /// <inheritdoc/>
    public override ILossAtWeights LossWith(double weightDecay) => new KeptLoss(network.LossWith(weightDecay), journal, Named("loss", weightDecay));

    /// <inheritdoc/>
    public override IDifferentiableLoss DifferentiableWith(double weightDecay)
        => new KeptDerivatives(network.DifferentiableWith(weightDecay), journal, Named("loss", weightDecay));

    /// <inheritdoc/>
    public override Hessian HessianAt(double[] weights, IProgress<double>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(weights);
        byte[] matrix = Journal.Question("Hessian", weights), rest = Journal.Question("what comes with the Hessian", weights);
        var elements = new Matrix(journal.Replays ? weights.Length : 0, journal.Replays ? weights.Length : 0);
        double[] numbers = new double[weights.Length + 2];
        Hessian? computed = null;
        if (!journal.TryTake(matrix, elements.Values))
        {
            computed = network.HessianAt(weights, progress, cancellation);
            journal.Keep(matrix, computed.Matrix.Values);
        }

        journal.Ask(rest, numbers, () =>
        {
            computed ??= network.HessianAt(weights, progress, cancellation);
            (numbers[0], numbers[1]) = (computed.Loss, computed.Asymmetry);
            computed.Gradient.CopyTo(numbers, 2);
        });
        return computed ?? new(elements, numbers[0], numbers[2..], numbers[1]);
    }

    /// <inheritdoc/>
    public override ImmutableArray<SwitchedUnits>? Switched(double[] reference, double[] others, CancellationToken cancellation)
        => network.Switched(reference, others, cancellation);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        journal.Dispose();
        network.Dispose();
    }

    private static string Named(string what, double weightDecay) => FormattableString.Invariant($"{what} with a weight decay of {weightDecay:r}");
}
