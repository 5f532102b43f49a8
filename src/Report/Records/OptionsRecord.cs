using System.Text.Json.Serialization;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Records;

/// <summary>The numbers that a run was asked for; which of them there are depends on the command.</summary>
public sealed record OptionsRecord
{
    /// <summary>The network as <c>--model</c> had it; the main job has but one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Model { get; init; }

    /// <summary>What a ready-made network ends in: <c>cross-entropy</c>, <c>mean-squared</c> or <c>binary-cross-entropy</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Loss { get; init; }

    /// <summary>Passes over the samples.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Epochs { get; init; }

    /// <summary>Samples of a batch.</summary>
    public int? BatchSize { get; init; }

    /// <summary>The learning rate of the first epoch.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? LearningRate { get; init; }

    /// <summary>What the learning rate is multiplied by after each epoch.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Gamma { get; init; }

    /// <summary>λ: a constant of the shifted quadratic for both models, whether or not a model was trained with it.</summary>
    public double? WeightDecay { get; init; }

    /// <summary>σ of the initial weights; null where <c>train</c> drew them by the number of inputs of each layer, N(0, 1/F).</summary>
    public double? InitStd { get; init; }

    /// <summary>T of the volume.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Threshold { get; init; }

    /// <summary>k of the shifted quadratic.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? K { get; init; }

    /// <summary>Threads of the processor; no result depends on it.</summary>
    public int? Threads { get; init; }

    /// <summary>What was said of the data; null for runs of earlier versions, which do not say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DataOptionsRecord? Data { get; init; }

    /// <summary>Those that were asked for, as rows of a table.</summary>
    public IEnumerable<(string Name, string Value)> Rows() => new (string Name, string Value)[]
    {
        ("model", Cell.Of(Model)),
        ("loss", Cell.Of(Loss)),
        ("epochs", Cell.Of(Epochs)),
        ("batch size", Cell.Of(BatchSize)),
        ("learning rate", Cell.Of(LearningRate)),
        ("gamma", Cell.Of(Gamma)),
        ("weight decay", Cell.Of(WeightDecay)),
        ("sigma", Cell.Of(InitStd)),
        ("threshold", Cell.Of(Threshold)),
        ("k", Cell.Of(K)),
        ("threads", Cell.Of(Threads)),
    }.Where(row => row.Value != Cell.Nothing).Concat(Data?.Rows() ?? []);
}
