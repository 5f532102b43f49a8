using BasinVolume.Autodiff;
using BasinVolume.Interop;
using BasinVolume.Kernels.Pointwise;
using BasinVolume.Onnx.Files;
using BasinVolume.Onnx.Layers;

namespace BasinVolume.Onnx;

/// <summary>The end of a network: which loss it gets, and what the file ends in that the loss has already.</summary>
internal static class LossEnd
{
    /// <summary>What goes into the loss.</summary>
    /// <param name="file">The file.</param>
    /// <param name="output">What the file gives.</param>
    /// <param name="options">What was asked.</param>
    /// <param name="notes">Takes what is to be said.</param>
    /// <param name="loss">The loss.</param>
    /// <exception cref="DataException">There is one output, and no loss was asked for.</exception>
    public static Value LogitsOf(ModelFile file, Value output, ImportOptions options, List<string> notes, out ImportLoss loss)
    {
        if (options.Loss is null && output.Size < 2)
            throw file.Fault("has one output, of which no loss follows; choose it with --loss mean-squared or --loss binary-cross-entropy.");
        loss = options.Loss ?? ImportLoss.CrossEntropy;
        if (options.Loss is null)
            notes.Add($"the loss is cross-entropy over {output.Size} outputs, for a file has none and no other was asked for");
        Value end = output;
        while (end.Layer is ReshapeLayer)
            end = end.Inputs[0];
        string? off = (loss, end.Layer) switch
        {
            (ImportLoss.CrossEntropy, SoftmaxLayer softmax) when end.Dims[softmax.Axis] == end.Size => softmax.IsLogarithm ? "LogSoftmax" : "Softmax",
            (ImportLoss.BinaryCrossEntropy, PointwiseLayer<Sigmoid>) => "Sigmoid",
            _ => null,
        };
        if (off is null)
            return output;
        notes.Add($"the {off} at the end is taken off, for the loss has it");
        return end.Inputs[0];
    }

    /// <summary>Adds the loss to a network.</summary>
    public static void AddTo(NetworkBuilder network, ImportLoss loss)
    {
        if (loss != ImportLoss.MeanSquared && network.Current.Dimensions.Length != 1)
            network.Flatten();
        _ = loss switch
        {
            ImportLoss.CrossEntropy => network.SoftmaxLoss(),
            ImportLoss.MeanSquared => network.MeanSquaredLoss(),
            _ => network.BinaryCrossEntropyLoss(),
        };
    }
}
