using System.Collections.Immutable;
using System.Diagnostics;
using System.Numerics;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Basins;
using BasinVolume.Basins.Landscapes;
using BasinVolume.Basins.Losses;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.Structure;
using BasinVolume.Curvature.Volumes.Rays;
using BasinVolume.Data.Samples;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Jobs.Answers;
using BasinVolume.Mnist.Matrices;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Findings;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Jobs.LandscapeJob;

/// <summary>The job for a landscape: eigenvectors, then the true loss along directions and over a plane.</summary>
/// <param name="options">What is asked, checked.</param>
/// <param name="device">Where it is computed.</param>
/// <param name="findings">Who is told what is found.</param>
/// <param name="view">Who watches.</param>
/// <param name="cancellation">Stops it at the next chunk of samples or panel of rows.</param>
public sealed class LandscapeRun(LandscapeOptions options, Device device, IFindings findings, IRunView view, CancellationToken cancellation)
{
    // In units of the largest eigenvalue: what a line is drawn along need not be more exact.
    private const double PairTolerance = 1e-4;

    /// <summary>Does the job; what is found is told as soon as it is found.</summary>
    /// <exception cref="ExplainedException">Run, data, device or output are not as they should be.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public LandscapeResult Execute()
    {
        long beginning = Stopwatch.GetTimestamp();
        LandscapeSource source = view.During("Reading the run", _ => LandscapeSource.Read(options.RunFolder!, options.Name, view));
        LandscapeResult result = source.Model.Precision == Precision.Float32 ? Execute<float>(source) : Execute<double>(source);
        return result with { Seconds = Stopwatch.GetElapsedTime(beginning).TotalSeconds };
    }

    private LandscapeResult Execute<T>(LandscapeSource source)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RunModel model = source.Model;
        DatasetSamples samples = RunSamples.Read(model, source.Network, source.Weights, options.Data, device.Ranks, view);
        Agreement.OnHessian(device.Ranks, () => source.Hessian is { } held ? MatrixHash.Of(held) : null);
        using var plan = new Plan<T>(source.Network, device, PlanBudget.ForManyVectors<T>(source.Network, device.Description, device.FreeMemoryBytes / 2));
        ILossAtWeights loss = new NetworkLoss<T>(plan, samples, model.WeightDecay);
        double atWeights = RunSamples.CheckLoss(model, loss, source.Weights, options.Data.Path, "give the run's data with --data", cancellation);
        findings.Begin();
        using Journal? journal = options.Checkpoint?.Answers(
            "landscape", RunFingerprint.Of(model, source.Network, source.Weights, atWeights, device.Description));
        if (journal is not null)
            loss = new KeptLoss(loss, journal, "loss");
        ImmutableArray<Direction> directions = source.Hessian is { } hessian ? DirectionsOf(source, hessian) : DirectionsByProducts<T>(source, samples);
        SayMissing(source, directions);
        findings.Directions(directions);
        var sampling = new LossSampling(loss, source.Weights, cancellation);
        ImmutableArray<LossLine> lines = [.. directions.Select(direction => Line(sampling, source, direction))];
        findings.Lines(model.Name, lines);
        LossPlane? plane = Plane(sampling, source, directions);
        if (plane is not null)
            findings.Plane(model.Name, plane);
        return new(options, source, device.Description, lines, plane, Seconds: 0);
    }

    private ImmutableArray<Direction> DirectionsOf(LandscapeSource source, Matrix hessian)
    {
        int vectors = Math.Max(Asked(DirectionKind.Leading), Asked(DirectionKind.Negative));
        ImmutableArray<NullDirections> zeros = NetworkZeros.Of(source.Network, hessian, source.Gradient, source.Model.WeightDecay);
        SolvedSpectrum solved = view.During("Eigenvectors", progress => SolvedSpectrum.Of(
            hessian, zeros, new Exactness(Roundoff.Of(source.Model.Precision)), vectors, device.Threads, progress, cancellation));
        return Direction.Of(options.Directions, source.Gradient, hessian, solved, options.Seed);
    }

    // The run's pairs where they are enough and of the whole Hessian, and else those that block Lanczos finds.
    private ImmutableArray<Direction> DirectionsByProducts<T>(LandscapeSource source, DatasetSamples samples)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var plan = new Plan<T>(source.Network, device, PlanBudget.For<T>(source.Network, device.Description, device.FreeMemoryBytes / 4));
        plan.SetParameters(Array.ConvertAll(source.Weights, T.CreateTruncating));
        var hessian = new ShiftedMap(NetworkMaps.Hessian(plan, samples), source.Model.WeightDecay);
        int leading = Asked(DirectionKind.Leading), negative = Asked(DirectionKind.Negative);
        RitzPairs? kept = KeptProducts.PairsOf(source.Model, source.Weights.Length);
        RitzPairs pairs = kept is not null && kept.FromBelow >= negative && kept.Pairs.Length - kept.FromBelow >= leading
            ? kept
            : view.During("Eigenvectors", progress => BlockLanczos.Of(
                hessian, new EndsWanted(leading, negative, PairTolerance, Seed: (ulong)options.Seed), without: null, device.Threads, progress,
                cancellation: cancellation));
        if (pairs.Reason is { } reason)
            view.Say($"{source.Model.Name}: {reason}");
        return view.During("Curvatures", _ => Direction.Of(options.Directions, source.Gradient, hessian, pairs, options.Seed));
    }

    private int Asked(DirectionKind kind) => options.Directions.Where(choice => choice.Kind == kind).Select(choice => choice.Count).DefaultIfEmpty(0).Max();

    private void SayMissing(LandscapeSource source, ImmutableArray<Direction> directions)
    {
        foreach (DirectionChoice choice in options.Directions)
        {
            int found = directions.Count(direction => direction.Kind == choice.Kind);
            if (found < choice.Count)
                view.Say($"{source.Model.Name}: {found} of {choice.Count} directions of the kind '{Direction.NameOf(choice.Kind)}' exist");
        }
    }

    private LossLine Line(LossSampling sampling, LandscapeSource source, Direction direction)
    {
        double[] places = Places(direction, source, options.Points);
        double[] losses = view.During(
            direction.Name, progress => sampling.At([.. places.Select(t => (t, 0.0))], direction.Vector, new double[direction.Vector.Length], progress));
        return new(direction, [.. places], [.. losses], [.. places.Select(t => source.Model.Loss + (t * direction.Slope) + (t * t / 2 * direction.Curvature))]);
    }

    private LossPlane? Plane(LossSampling sampling, LandscapeSource source, ImmutableArray<Direction> directions)
    {
        Direction[] pair = [.. directions.Where(direction => direction.IsEigenvector).Take(2)];
        if (pair.Length < 2 || options.Side == 0)
            return null;
        double[] across = Places(pair[0], source, options.Side), up = Places(pair[1], source, options.Side);
        (double, double)[] points = [.. up.SelectMany(t => across.Select(s => (s, t)))];
        double[] losses = view.During($"{pair[0].Name} by {pair[1].Name}", progress => sampling.At(points, pair[0].Vector, pair[1].Vector, progress));
        return new(pair[0], pair[1], [.. across], [.. up], new Matrix(up.Length, across.Length, losses));
    }

    // As far as it takes the quadratic term to reach the run's threshold, but no further than the weights are from 0: there the model is another one.
    private double[] Places(Direction direction, LandscapeSource source, int count)
    {
        double length = Direction.LengthOf(source.Weights), reach = Math.Sqrt(2 * source.Model.Constants.Threshold / Math.Abs(direction.Curvature));
        double range = options.Range ?? (length > 0 ? Math.Min(reach, length) : 1);
        return [.. Enumerable.Range(0, count).Select(i => range * ((2.0 * i / (count - 1)) - 1))];
    }
}
