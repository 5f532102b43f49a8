using System.Collections.Immutable;
using BasinVolume.Basins;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Densities;
using BasinVolume.Curvature.MatrixFree;
using BasinVolume.Curvature.Structure;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Jobs.MatrixFreeJob;
using BasinVolume.Mnist.Matrices;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Jobs.VolumeJob;

/// <summary>A loss to second order around weights, and the constants that it comes with.</summary>
/// <param name="Name">What it is called: a file, or a model of a run.</param>
/// <param name="File">Where the Hessian, or what stands in its place, was read.</param>
/// <param name="Loss">L(θ*); null if it is not known.</param>
/// <param name="Gradient">g, n elements; null if it is not known and counts as zero.</param>
/// <param name="Weights">θ*, n elements; null if they are not known.</param>
/// <param name="WeightDecay">The λ whose penalty is in loss, gradient and Hessian already.</param>
/// <param name="Usual">The constants where none are asked for.</param>
/// <param name="Model">The run's model; null for anyone's matrix.</param>
public abstract record VolumeSource(
    string Name,
    string File,
    double? Loss,
    ImmutableArray<double>? Gradient,
    ImmutableArray<double>? Weights,
    double WeightDecay,
    VolumeParameters Usual,
    RunModel? Model)
{
    /// <summary>What it is, as a part of a sentence.</summary>
    public abstract string Statement { get; }
}

/// <summary>A Hessian that is held.</summary>
public sealed record DenseSource : VolumeSource
{
    /// <summary>A Hessian with what belongs to it.</summary>
    /// <param name="name">What it is called: a file, or a model of a run.</param>
    /// <param name="file">Where it was read.</param>
    /// <param name="read">H, n × n, and how exact it is.</param>
    /// <param name="loss">L(θ*); null if it is not known.</param>
    /// <param name="gradient">g, n elements; null if it is not known and counts as zero.</param>
    /// <param name="weights">θ*, n elements; null if they are not known.</param>
    /// <param name="weightDecay">The λ whose penalty is in loss, gradient and Hessian already.</param>
    /// <param name="usual">The constants where none are asked for.</param>
    /// <param name="deviations">σ_j of the prior, n elements; null for one σ.</param>
    /// <param name="model">The run's model; null for anyone's matrix.</param>
    public DenseSource(
        string name,
        string file,
        SymmetricMatrix read,
        double? loss,
        ImmutableArray<double>? gradient,
        ImmutableArray<double>? weights,
        double weightDecay,
        VolumeParameters usual,
        ImmutableArray<double>? deviations,
        RunModel? model)
        : base(name, file, loss, gradient, weights, weightDecay, usual, model) => (Read, Deviations) = (read, deviations);

    /// <summary>H, and how exact it is.</summary>
    public SymmetricMatrix Read { get; init; }

    /// <summary>σ_j of the prior; null for one σ.</summary>
    public ImmutableArray<double>? Deviations { get; }

    /// <summary>H.</summary>
    public Matrix Hessian => Read.Matrix;

    /// <inheritdoc/>
    public override string Statement => $"{Hessian.Rows} x {Hessian.Rows}, {Read.Statement}";

    /// <summary>What the Hessian that was read can be recognised by; it stays when the weights are moved.</summary>
    public string? HessianSha256 { get; init; }

    /// <summary>
    /// The null directions of H that follow from the run's network; none for anyone's matrix, and none where the network is not here as it was.
    /// </summary>
    public ImmutableArray<NullDirections> KnownZeros()
        => Model?.OpenNetwork() is { } network && Gradient is { } gradient ? NetworkZeros.Of(network, Hessian, gradient.AsSpan(), WeightDecay) : [];

    /// <summary>The loss to second order; what is not known of it counts as zero.</summary>
    public SecondOrder ToSecondOrder()
    {
        double[] weights = Weights is { } known ? [.. known] : new double[Hessian.Rows];
        return new(Loss ?? double.NaN, Gradient is { } given ? [.. given] : new double[weights.Length], Hessian, weights, KnownZeros(), Read.Exactness);
    }
}

/// <summary>A Hessian that a run told by products.</summary>
public sealed record ProductSource : VolumeSource
{
    /// <summary>What a run kept, with its gradient and weights.</summary>
    internal ProductSource(KeptProducts kept, ImmutableArray<double> gradient, ImmutableArray<double> weights)
        : base(
            kept.Model.Name, KeptProducts.FileOf(kept.Model), kept.Model.Loss, gradient, weights, kept.Model.WeightDecay, kept.Model.Constants, kept.Model)
        => Kept = kept;

    /// <inheritdoc/>
    public override string Statement => $"{Weights!.Value.Length} parameters, told by products with {Kept.Probes.Length} random directions";

    /// <summary>What was kept; of the run's own weights, also where these were moved.</summary>
    internal KeptProducts Kept { get; }

    /// <summary>What the run was asked, for whoever asks the same at other weights.</summary>
    /// <exception cref="OptionException">A number is outside its range.</exception>
    internal MatrixFreeOptions Request()
    {
        var usual = new MatrixFreeOptions();
        if (Kept.Record.Options is not { } asked)
            return usual;
        var request = new MatrixFreeRequest
        {
            Numbers = usual with
            {
                Largest = asked.Largest ?? usual.Largest,
                Smallest = asked.Smallest ?? usual.Smallest,
                Tolerance = asked.Tolerance ?? usual.Tolerance,
                TraceTolerance = asked.TraceTolerance ?? usual.TraceTolerance,
                Probes = asked.Probes ?? usual.Probes,
                Steps = asked.Steps ?? usual.Steps,
                MostProducts = asked.MostProducts ?? usual.MostProducts,
                Seed = (ulong)Math.Max(0, asked.Seed ?? 1),
            },
        };
        request.Check();
        return request.Numbers;
    }

    /// <summary>How small an eigenvalue counts as zero, in units of the largest magnitude: as stated, as the run had it, or as its precision says.</summary>
    /// <param name="stated">What was said now; null for nothing.</param>
    /// <param name="kept">What the run's products tell.</param>
    internal double ZeroTolerance(double? stated, ProbeQuadratures kept)
        => stated is null && Kept.Record.Inertia?.ZeroTolerance is { } tolerance && kept.Scale > 0
            ? tolerance / kept.Scale
            : new Exactness(Roundoff.Of(Model!.Precision)) { StatedZeroTolerance = stated }.ZeroTolerance(kept.Order);
}
