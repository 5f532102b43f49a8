using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Operators;
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
    /// <param name="takenOff">What is taken off; null for nothing.</param>
    /// <exception cref="DataException">There is one output, and no loss was asked for.</exception>
    public static Value LogitsOf(ModelFile file, Value output, ImportOptions options, List<string> notes, out ImportLoss loss, out string? takenOff)
    {
        if ((options.Loss ?? options.UsualLoss) is null && output.Size < 2)
            throw file.Fault("has one output, of which no loss follows; choose it with --loss mean-squared or --loss binary-cross-entropy.");
        loss = options.Loss ?? options.UsualLoss ?? ImportLoss.CrossEntropy;
        if (options.Loss is null)
            notes.Add($"the loss is {Said(loss)} over {Classes(output)} outputs, for the file has none and no other was asked for");
        Value end = output;
        while (end.Layer is ReshapeLayer)
            end = end.Inputs[0];
        takenOff = (loss, end.Layer) switch
        {
            (ImportLoss.CrossEntropy, SoftmaxLayer softmax) when end.Dims[softmax.Axis] == Classes(end) => softmax.IsLogarithm ? "LogSoftmax" : "Softmax",
            (ImportLoss.BinaryCrossEntropy, PointwiseLayer<Sigmoid>) => "Sigmoid",
            _ => null,
        };
        if (takenOff is null)
            return output;
        notes.Add($"the {takenOff} at the end is taken off, for the loss has it");
        return end.Inputs[0];
    }

    private static string Said(ImportLoss loss) => loss == ImportLoss.CrossEntropy ? "cross-entropy" : "the mean of squares";

    // Under dimensions of size 1 all are classes; else each row has some.
    private static int Classes(Value output) => output.Dims.Max() == output.Size ? output.Size : output.Dims[^1];

    /// <summary>Adds the loss to a network.</summary>
    public static void AddTo(NetworkBuilder network, ImportLoss loss)
    {
        // Logits under dimensions of size 1 are a list of them; rows of logits are one for each position of a sequence.
        if (loss == ImportLoss.CrossEntropy && network.Current.Dimensions.Max() == network.Current.Size && network.Current.Dimensions.Length > 1)
            network.Flatten();
        _ = loss switch
        {
            ImportLoss.CrossEntropy => network.SoftmaxLoss(),
            ImportLoss.MeanSquared => network.MeanSquaredLoss(),
            ImportLoss.MeanSquaredOverSamples => network.MeanSquaredLoss(SquaredMean.OverSamples),
            _ => network.BinaryCrossEntropyLoss(),
        };
    }
}
