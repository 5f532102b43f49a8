using BasinVolume.Autodiff.Descriptions;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Data;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Models;

/// <summary>From what a user calls a model to the network: a ready-made one by its name, or a file that describes one.</summary>
public static class ModelCatalog
{
    private const string MlpPrefix = "mlp:";
    private const string TransformerPrefix = "transformer:";

    /// <summary>What the ready-made ones are called.</summary>
    public static IReadOnlyList<string> Names { get; } = ["notebook", "softmax", "mlp", "lenet5", "residual", "resnet20", "transformer"];

    /// <summary>Opens a model.</summary>
    /// <param name="model">
    /// One of <see cref="Names"/>, mlp:784-32-16-10 with any number of hidden layers,
    /// transformer:32-16-16-2-2 with vocabulary, length, width, heads and layers, or the path of a JSON or ONNX file.
    /// </param>
    /// <exception cref="OptionException">It is neither.</exception>
    /// <exception cref="DataException">The file does not describe a network.</exception>
    public static Network Open(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model switch
        {
            "notebook" => ReadyMade.Notebook(),
            "softmax" => ReadyMade.Softmax(),
            "mlp" => ReadyMade.Mlp(16),
            "lenet5" => ReadyMade.LeNet5(),
            "residual" => ReadyMade.Residual(),
            "resnet20" => ResNet20.Logits(new Shape(3, 32, 32), Dataset.Classes).SoftmaxLoss().Build(),
            "transformer" => ReadyMade.Transformer(vocabulary: 32, length: 16, width: 16, heads: 2, layers: 2),
            _ when model.StartsWith(MlpPrefix, StringComparison.Ordinal) => Mlp(model),
            _ when model.StartsWith(TransformerPrefix, StringComparison.Ordinal) => Transformer(model),
            _ when OnnxModels.Is(model) => OnnxModels.Open(model).Network,
            _ when Path.Exists(model) => Described(model),
            _ => throw new OptionException(
                $"There is no model '{model}': it is neither a file nor one of {string.Join(", ", Names)}, {MlpPrefix}784-32-10 or "
                + $"{TransformerPrefix}32-16-16-2-2."),
        };
    }

    /// <summary>Whether a model is called by a file that describes it.</summary>
    public static bool IsDescription(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return !Names.Contains(model)
            && !model.StartsWith(MlpPrefix, StringComparison.Ordinal)
            && !model.StartsWith(TransformerPrefix, StringComparison.Ordinal)
            && File.Exists(model);
    }

    /// <summary>The bytes of a description.</summary>
    /// <exception cref="DataException">It is not there any more, or cannot be read.</exception>
    public static byte[] ReadDescription(string path)
    {
        try
        {
            return InputFile.ReadAll(path, NetworkDescription.MostBytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"Cannot read {path}: {e.Message.TrimEnd('.')}; give a description of a network that exists and that you may read.", e);
        }
    }

    /// <summary>Checks that a network takes what a data set has.</summary>
    /// <exception cref="DataException">Its input has another size than the images, or it has another number of outputs than there are classes.</exception>
    public static void CheckFits(Network network, Dataset dataset)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(dataset);
        if (network.Input.Size != dataset.PixelsPerImage)
            throw new DataException(
                $"The model takes inputs of shape {network.Input}, {network.Input.Size} elements, but the images have {dataset.Rows} x {dataset.Columns} = "
                + $"{dataset.PixelsPerImage} pixels; change the model's input or give other data.");
        int outputs = network.Values[network.OutputValue].Size;
        if (outputs != Dataset.Classes)
            throw new DataException(
                $"The model has {outputs} outputs, but the images are of {Dataset.Classes} classes; give its last layer {Dataset.Classes} outputs.");
    }

    private static Network Described(string path)
    {
        try
        {
            return NetworkDescription.Read(path);
        }
        catch (NetworkException e)
        {
            throw new DataException(e.Message, e);
        }
    }

    private static Network Mlp(string model)
    {
        string[] parts = model[MlpPrefix.Length..].Split('-');
        int[] sizes = [.. parts.Select(part => Number.TryRead(part, out int size) ? size : 0)];
        if (sizes.Length < 2 || sizes.Min() < 1 || sizes[0] != 784 || sizes[^1] != Dataset.Classes)
            throw new OptionException(
                $"'{model}' is not a multilayer perceptron for these images: expected sizes from 784 to {Dataset.Classes} with whole numbers between them, "
                + $"as in {MlpPrefix}784-32-10.");
        try
        {
            return ReadyMade.Mlp(sizes.AsSpan()[1..^1]);
        }
        catch (NetworkException e)
        {
            throw new OptionException($"'{model}' is too large: {e.Message}");
        }
    }

    private static Network Transformer(string model)
    {
        int[] sizes = [.. model[TransformerPrefix.Length..].Split('-').Select(part => Number.TryRead(part, out int size) ? size : 0)];
        if (sizes.Length != 5 || sizes.Min() < 1)
            throw new OptionException(
                $"'{model}' is not a transformer: expected whole numbers for vocabulary, length, width, heads and layers, "
                + $"as in {TransformerPrefix}32-16-16-2-2.");
        try
        {
            return ReadyMade.Transformer(sizes[0], sizes[1], sizes[2], sizes[3], sizes[4]);
        }
        catch (NetworkException e)
        {
            throw new OptionException($"'{model}' is not possible: {e.Message}");
        }
    }
}
