using BasinVolume.Autodiff.Descriptions;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Interop;
using BasinVolume.Kernels;
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
    /// <param name="frame">What a ready-made one has to fit; null for MNIST's images.</param>
    /// <exception cref="OptionException">It is neither, or a ready-made one cannot take such samples.</exception>
    /// <exception cref="DataException">The file does not describe a network.</exception>
    public static Network Open(string model, ModelFrame? frame = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        frame ??= ModelFrame.Mnist;
        return model switch
        {
            "notebook" => OfImages(model, frame, ReadyMade.Notebook),
            "softmax" => Fitted(model, frame, ReadyMade.Softmax),
            "mlp" => Fitted(model, frame, any => ReadyMade.Mlp(any, 16)),
            "lenet5" => OfImages(model, frame, ReadyMade.LeNet5),
            "residual" => OfImages(model, frame, ReadyMade.Residual),
            "resnet20" => OfImages(model, frame, ReadyMade.ResNet20),
            "transformer" => Fitted(model, frame, Transformer),
            _ when model.StartsWith(MlpPrefix, StringComparison.Ordinal) => Mlp(model, frame),
            _ when model.StartsWith(TransformerPrefix, StringComparison.Ordinal) => Transformer(model, frame),
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
        return !IsReadyMade(model) && File.Exists(model);
    }

    /// <summary>Whether a model is called by a name or by its sizes.</summary>
    public static bool IsReadyMade(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Names.Contains(model)
            || model.StartsWith(MlpPrefix, StringComparison.Ordinal)
            || model.StartsWith(TransformerPrefix, StringComparison.Ordinal);
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

    private static Network OfImages(string model, ModelFrame frame, Func<ModelFrame, Network> build) => frame.HasImages
        ? Fitted(model, frame, build)
        : throw new OptionException(
            $"The model {model} takes images, [channels, rows, columns], but the samples of the data are {frame.Input}; take mlp or softmax with --model.");

    // Convolutions and pools do not take the smallest images, and linear layers not the largest samples.
    private static Network Fitted(string model, ModelFrame frame, Func<ModelFrame, Network> build)
    {
        try
        {
            return build(frame);
        }
        catch (NetworkException e)
        {
            throw new OptionException($"The model {model} cannot take samples of {frame.Input}: {e.Message}");
        }
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

    private static Network Mlp(string model, ModelFrame frame)
    {
        string[] parts = model[MlpPrefix.Length..].Split('-');
        int[] sizes = [.. parts.Select(part => Number.TryRead(part, out int size) ? size : 0)];
        // Of two classes one output is enough, unless softmax wants an output each.
        if (sizes[^1] == 1 && frame is { Outputs: 2, Loss: not LossChoice.CrossEntropy })
            frame = frame with { Outputs = 1 };
        if (sizes.Length < 2 || sizes.Min() < 1 || sizes[0] != frame.Input.Size || sizes[^1] != frame.Outputs)
            throw new OptionException(
                $"'{model}' is not a multilayer perceptron for these samples: expected sizes from {frame.Input.Size} to {frame.Outputs} with whole numbers "
                + $"between them, as in {MlpPrefix}{frame.Input.Size}-32-{frame.Outputs}.");
        try
        {
            return ReadyMade.Mlp(frame, sizes.AsSpan()[1..^1]);
        }
        catch (NetworkException e)
        {
            throw new OptionException($"'{model}' is too large: {e.Message}");
        }
    }

    // A label for each position, so that there are as many outputs as positions times tokens; where there are images it is for no data at hand.
    private static Network Transformer(ModelFrame frame)
    {
        CheckLoss("transformer", frame);
        (int length, int vocabulary) = frame.HasImages ? (16, 32) : (frame.Input.Size, Math.Max(1, frame.Outputs / frame.Input.Size));
        return ReadyMade.Transformer(vocabulary, length, width: 16, heads: 2, layers: 2);
    }

    private static void CheckLoss(string model, ModelFrame frame)
    {
        if (frame.Loss != LossChoice.CrossEntropy)
            throw new OptionException(
                $"The model {model} gives the logits of a token at each position and ends in cross-entropy, not in {ChoiceNames.Of(frame.Loss)}; "
                + "leave --loss out and give data with a class for each position.");
    }

    private static Network Transformer(string model, ModelFrame frame)
    {
        CheckLoss(model, frame);
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
