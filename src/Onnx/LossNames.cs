using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;

namespace BasinVolume.Onnx;

/// <summary>What a loss is called in a file's metadata, so that what is written here is read with the loss that it had.</summary>
internal static class LossNames
{
    /// <summary>The key of the metadata.</summary>
    public const string Key = "basin_volume.loss";

    private static readonly Dictionary<string, ImportLoss> Names = new(StringComparer.Ordinal)
    {
        ["cross-entropy"] = ImportLoss.CrossEntropy,
        ["mean-squared"] = ImportLoss.MeanSquared,
        ["mean-squared over samples"] = ImportLoss.MeanSquaredOverSamples,
        ["binary-cross-entropy"] = ImportLoss.BinaryCrossEntropy,
    };

    /// <summary>The loss of a network.</summary>
    public static string Of(Network network) => Names.Single(name => name.Value == (network.Loss switch
    {
        SoftmaxLoss => ImportLoss.CrossEntropy,
        BinaryCrossEntropyLoss => ImportLoss.BinaryCrossEntropy,
        MeanSquaredLoss { Mean: SquaredMean.OverSamples } => ImportLoss.MeanSquaredOverSamples,
        _ => ImportLoss.MeanSquared,
    })).Key;

    /// <summary>The loss of that name; null if there is none.</summary>
    public static ImportLoss? Find(string? name) => name is not null && Names.TryGetValue(name, out ImportLoss loss) ? loss : null;
}
