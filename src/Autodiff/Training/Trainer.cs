using System.Globalization;
using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;

namespace BasinVolume.Autodiff.Training;

/// <summary>
/// Trains a network: for each batch in its turn the gradient of its loss and a step of the optimizer. The next batch is read while one is computed.
/// </summary>
/// <typeparam name="T">The precision of everything, float or double.</typeparam>
/// <example>
/// <code>
/// using var device = new HostDevice(Environment.ProcessorCount);
/// using var plan = new Plan&lt;double&gt;(network, device);
/// double[] start = InitialWeights.AsPyTorch(network, new Random(1).NextDouble);
/// var trainer = new Trainer&lt;double&gt;(plan, new Adam&lt;double&gt;(device.Threads, network.ParameterCount, learningRate: 0.01), start);
/// foreach (StepResult step in trainer.Steps(samples.Batches(32), epochs: 20))
///     Console.WriteLine($"{step.Epoch}: {step.Loss}");
/// double[] trained = trainer.Weights;
/// </code>
/// </example>
public sealed class Trainer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Plan<T> _plan;
    private readonly double[] _gradient;

    /// <summary>Prepares training.</summary>
    /// <param name="plan">The network on its device; its parameters are overwritten.</param>
    /// <param name="optimizer">How parameters follow the gradient.</param>
    /// <param name="initial">θ before the first step, all n parameters.</param>
    /// <exception cref="NetworkException">There are not n of them.</exception>
    public Trainer(Plan<T> plan, IOptimizer<T> optimizer, ReadOnlySpan<double> initial)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(optimizer);
        (_plan, Optimizer, Parameters) = (plan, optimizer, new T[initial.Length]);
        for (int i = 0; i < initial.Length; i++)
            Parameters[i] = T.CreateTruncating(initial[i]);
        _gradient = new double[plan.Network.ParameterCount];
        plan.SetParameters(Parameters);
    }

    /// <summary>How parameters follow the gradient; its learning rate may be changed between steps.</summary>
    public IOptimizer<T> Optimizer { get; }

    /// <summary>θ now; changed by each step.</summary>
    public T[] Parameters { get; }

    /// <summary>θ now, a copy in double.</summary>
    public double[] Weights => Array.ConvertAll(Parameters, double.CreateTruncating);

    /// <summary>
    /// Goes through the batches, one step each time that the next result is asked for: whatever else is to happen between two steps stands in the loop.
    /// The plan holds the parameters after the step.
    /// </summary>
    /// <param name="batches">The batches of an epoch, in their order.</param>
    /// <param name="epochs">How often they are gone through.</param>
    /// <param name="done">Steps that were taken before, of all epochs, by a training that this one goes on with.</param>
    /// <param name="cancellation">Checked before each step.</param>
    /// <exception cref="NumericalException">A loss is not finite.</exception>
    public IEnumerable<StepResult> Steps(IReadOnlyList<ISamples> batches, int epochs, int done = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(batches);
        using var ahead = new BatchesAhead<T>(_plan.Network, batches, epochs, batch => Gradient.ChunksOf(_plan, batch.Count), done);
        for (int step = done; step < epochs * batches.Count; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            (int epoch, int batch) = Math.DivRem(step, batches.Count);
            double loss = Gradient.Compute(_plan, ahead.Next(), _gradient);
            CheckFinite(loss, $"in epoch {epoch + 1}, batch {batch + 1} of {batches.Count}, the loss");
            Optimizer.Step(Parameters, _gradient);
            _plan.SetParameters(Parameters);
            yield return new(epoch + 1, batch + 1, loss);
        }
    }

    /// <summary>Refuses a loss that is not finite.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="where">When which loss was met.</param>
    /// <exception cref="NumericalException">It is not finite.</exception>
    public void CheckFinite(double loss, string where)
    {
        if (!double.IsFinite(loss))
        {
            throw new NumericalException(string.Create(
                CultureInfo.InvariantCulture,
                $"Training left the finite numbers: {where} is {loss} where a finite number was expected (learning rate {Optimizer.LearningRate:g4}); "
                + $"use a smaller learning rate, smaller initial weights, or other ones."));
        }
    }
}
