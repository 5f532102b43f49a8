using System.Collections.Immutable;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Data.Normalizing;
using BasinVolume.Interop.Weights;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Digits;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Training;

namespace BasinVolume.Mnist.Jobs.PredictJob;

/// <summary>What a model says of pictures.</summary>
/// <param name="Options">What was asked.</param>
/// <param name="Device">Where it was computed.</param>
/// <param name="Model">The model.</param>
/// <param name="WeightsSha256">What its checkpoint can be recognised by; null for a model that was trained here.</param>
/// <param name="Training">How the training went; null for weights that were trained elsewhere.</param>
/// <param name="Predictions">One a picture, in their order.</param>
/// <param name="Inputs">How pixels became inputs.</param>
public sealed record PredictResult(
    PredictOptions Options,
    DeviceDescription Device,
    RequestedModel Model,
    string? WeightsSha256,
    TrainingHistory? Training,
    ImmutableArray<Prediction> Predictions,
    InputChoice Inputs)
{
    /// <summary>What the classes are called; empty for real targets.</summary>
    public ImmutableArray<string> Classes { get; init; } = [];

    /// <summary>What the real targets are called; empty for classes.</summary>
    public ImmutableArray<string> Targets { get; init; } = [];

    /// <summary>What was read of the weights; null for a model that was trained here.</summary>
    public StoredWeights? Weights { get; init; }

    /// <summary>
    /// How they do with each usual way to make pixels into inputs; null for weights that say how they were trained, or where there are no images to try them
    /// on.
    /// </summary>
    public NormalizationTrials? Trials { get; init; }
}

/// <summary>What a model says of one picture.</summary>
/// <param name="File">The picture's file.</param>
/// <param name="Picture">What the model saw, and what was done for it.</param>
/// <param name="Class">The class with the largest output, the first of equals; null for a model of real targets.</param>
/// <param name="Outputs">The network's output for each class or target.</param>
/// <param name="Probabilities">
/// Of each class the softmax of the outputs; σ of each output where they are logits of binary cross-entropy; null for a network that ends in mean squares,
/// whose outputs are no logits.
/// </param>
public sealed record Prediction(string File, InputPicture Picture, int? Class, ImmutableArray<double> Outputs, ImmutableArray<double>? Probabilities)
{
    /// <summary>Reads outputs.</summary>
    internal static Prediction Of(string file, InputPicture picture, ReadOnlySpan<double> outputs, Network network, ImmutableArray<string> classes)
    {
        if (classes.IsEmpty)
            return new(file, picture, Class: null, [.. outputs], Answer.Sigmoids(outputs, network));
        Answer answer = Answer.Of(outputs, network);
        return new(file, picture, answer.Class, [.. outputs], answer.Probabilities);
    }
}
