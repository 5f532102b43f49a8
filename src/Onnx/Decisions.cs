using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Onnx.Files;
using BasinVolume.Onnx.Schema;
using Google.Protobuf;

namespace BasinVolume.Onnx;

/// <summary>
/// What owners decide of networks, in files' metadata: so that what is written here is read with the loss that it had, and as it was read before.
/// </summary>
internal static class Decisions
{
    /// <summary>The key of the loss.</summary>
    public const string LossKey = "basin_volume.loss";

    private const string FoldKey = "basin_volume.fold_batch_normalization";
    private const string Yes = "yes";

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

    /// <summary>What was asked, and where nothing was what the file says.</summary>
    public static ImportOptions Of(ModelFile file, ImportOptions asked) => new()
    {
        Loss = asked.Loss ?? (Find(file.Proto, LossKey) is { } name && Names.TryGetValue(name, out ImportLoss loss) ? loss : null),
        UsualLoss = asked.UsualLoss,
        FoldsBatchNormalization = asked.FoldsBatchNormalization || Find(file.Proto, FoldKey) == Yes,
    };

    /// <summary>A file that says what was asked.</summary>
    public static byte[] With(ModelProto model, ImportOptions asked)
    {
        if (asked.Loss is { } loss)
            Set(model, LossKey, Names.Single(name => name.Value == loss).Key);
        if (asked.FoldsBatchNormalization)
            Set(model, FoldKey, Yes);
        return model.ToByteArray();
    }

    private static string? Find(ModelProto model, string key) => model.MetadataProps.FirstOrDefault(entry => entry.Key == key)?.Value;

    private static void Set(ModelProto model, string key, string value)
    {
        if (model.MetadataProps.FirstOrDefault(entry => entry.Key == key) is { } there)
            there.Value = value;
        else
            model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
    }
}
