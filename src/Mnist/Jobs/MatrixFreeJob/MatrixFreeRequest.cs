using System.Collections.Immutable;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Basins;
using BasinVolume.Curvature.Groups;
using BasinVolume.Curvature.MatrixFree;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Jobs.MatrixFreeJob;

/// <summary>What curvature by products can be asked for, of whatever model.</summary>
public sealed record MatrixFreeRequest
{
    /// <summary>Of the most products, one part is how many elements of tensors' own blocks may be computed besides.</summary>
    internal const int ShareOfBlocks = 3;

    /// <summary>Of the most products, one part is how many may be taken besides for what larger tensors have of the trace.</summary>
    internal const int ShareOfTensors = 10;

    /// <summary>Which second derivatives.</summary>
    public CurvatureMatrix Matrix { get; init; } = CurvatureMatrix.Hessian;

    /// <summary>The tensors whose block is looked at; empty for all parameters.</summary>
    public ImmutableArray<string> Tensors { get; init; } = [];

    /// <summary>The μ of log det(H + μI); null for λ + k/σ² of the volume.</summary>
    public ImmutableArray<double>? Shifts { get; init; }

    /// <summary>The α of the effective dimension; null for the same.</summary>
    public ImmutableArray<double>? Alphas { get; init; }

    /// <summary>The numbers that do not depend on the model.</summary>
    public MatrixFreeOptions Numbers { get; init; } = new();

    /// <summary>Checks every number against its range.</summary>
    /// <exception cref="OptionException">One is outside.</exception>
    public void Check()
    {
        NumberRanges.Pairs.Demand("--largest", Numbers.Largest);
        NumberRanges.Pairs.Demand("--smallest", Numbers.Smallest);
        NumberRanges.Share.Demand("--pair-tolerance", Numbers.Tolerance);
        NumberRanges.Share.Demand("--trace-tolerance", Numbers.TraceTolerance);
        NumberRanges.Probes.Demand("--probes", Numbers.Probes);
        NumberRanges.Steps.Demand("--steps", Numbers.Steps);
        NumberRanges.Count.Demand("--products", Numbers.MostProducts);
        foreach (double shift in Shifts ?? [])
            NumberRanges.Positive.Demand("--damping", shift);
        foreach (double alpha in Alphas ?? [])
            NumberRanges.Positive.Demand("--alpha", alpha);
        if (Tensors.Any(name => name.Length == 0))
            throw new OptionException("--tensors has an empty name; give names of tensors with commas between them, as parameters-MODEL.csv has them.");
    }

    /// <summary>Checks that the tensors are a network's.</summary>
    /// <exception cref="OptionException">It has no tensor, and no layer, of a name.</exception>
    public void CheckAgainst(Network network) => Groups(network);

    /// <summary>The tensors' places in the vector of all parameters; empty for all of them.</summary>
    /// <exception cref="OptionException">The network has no tensor, and no layer, of a name.</exception>
    public ImmutableArray<ParameterGroup> Groups(Network network)
    {
        try
        {
            return Tensors.IsEmpty ? [] : NetworkBlocks.Of(network, Tensors);
        }
        catch (NetworkException e)
        {
            throw new OptionException($"--tensors: {e.Message}");
        }
    }
}
