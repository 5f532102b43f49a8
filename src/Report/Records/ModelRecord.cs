using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace BasinVolume.Report.Records;

/// <summary>A model of a run.</summary>
public sealed record ModelRecord
{
    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>n, 1710 for the notebook's network.</summary>
    public int? Parameters { get; init; }

    /// <summary>The tensors in the rows of the Hessian.</summary>
    public ImmutableArray<TensorRecord>? ParameterMap { get; init => field = Elements.Known(value); }

    /// <summary>The fixed statistics of its batch normalisations; not there for a network that has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StatisticsRecord? Statistics { get; init; }

    /// <summary>The weights that were given to <c>hessian</c>; null for weights that were trained in this run.</summary>
    public CheckpointRecord? Checkpoint { get; init; }

    /// <summary>How the training went; null for weights that were trained elsewhere.</summary>
    public TrainingRecord? Training { get; init; }

    /// <summary>How the weights do on the data, trained here or elsewhere; null for runs of earlier versions, which do not say.</summary>
    public EvaluationRecord? Evaluation { get; init; }

    /// <summary>The same, with what runs of earlier versions say.</summary>
    internal EvaluationRecord Known => Evaluation ?? EvaluationRecord.Of(Hessian, Training);

    /// <summary>The Hessian at the trained weights.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HessianRecord? Hessian { get; init; }

    /// <summary>Its eigenvalues.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SpectrumRecord? Spectrum { get; init; }

    /// <summary>
    /// The exact identities that apply and were checked (<see href="verify.md"/>), of the loss without its penalty.
    /// If one has not passed, everything is written and shown all the same, and the exit code is 1.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<CheckRecord>? Verification { get; init => field = Elements.Known(value); }

    /// <summary>
    /// What products with directions tell of its second derivatives: of <c>curvature</c>, and of other jobs where a dense Hessian does not fit.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CurvatureRecord? Curvature { get; init; }

    /// <summary>The volumes of <c>hessian</c> and the main job.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public VolumesRecord? Volume { get; init; }
}

/// <summary>Fixed statistics of batch normalisations: part of the network, kept beside the weights under the names of PyTorch's buffers.</summary>
public sealed record StatisticsRecord
{
    /// <summary><c>measured</c>, at the initial weights before the training, or <c>weights</c>, as their file has them.</summary>
    public required string Origin { get; init; }

    /// <summary>The first of the samples used, on which they were measured; null where they were not.</summary>
    public int? Samples { get; init; }

    /// <summary>The names of the tensors.</summary>
    public required ImmutableArray<string> Tensors { get; init => field = Elements.Known(value); }
}

/// <summary>A tensor's place in the vector of all parameters.</summary>
public sealed record TensorRecord
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its first row of the Hessian.</summary>
    public required int Offset { get; init; }

    /// <summary>Its dimensions, the last running fastest.</summary>
    public required ImmutableArray<int> Shape { get; init; }
}
