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

    /// <summary>What the ready-made ones are called.</summary>
    public static IReadOnlyList<string> Names { get; } = ["notebook", "softmax", "mlp", "lenet5", "residual"];

    /// <summary>Opens a model.</summary>
    /// <param name="model">One of <see cref="Names"/>, mlp:784-32-16-10 with any number of hidden layers, or the path of a JSON file.</param>
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
            _ when model.StartsWith(MlpPrefix, StringComparison.Ordinal) => Mlp(model, frame),
            _ when Path.Exists(model) => Described(model),
            _ => throw new OptionException($"There is no model '{model}': it is neither a file nor one of {string.Join(", ", Names)} or {MlpPrefix}784-32-10."),
        };
    }

    /// <summary>Whether a model is called by a file that describes it.</summary>
    public static bool IsDescription(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return !Names.Contains(model) && !model.StartsWith(MlpPrefix, StringComparison.Ordinal) && File.Exists(model);
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
}
