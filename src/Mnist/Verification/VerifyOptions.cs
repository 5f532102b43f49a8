using System.Diagnostics.CodeAnalysis;
using BasinVolume.Mnist.Curvatures;

namespace BasinVolume.Mnist.Verification;

/// <summary>What a verification can be asked for.</summary>
public sealed record VerifyOptions : CurvatureOptions
{
    /// <summary>Options that every job has, the network, and its weights.</summary>
    /// <param name="common">What every job has; nothing is written to its folder for results.</param>
    /// <param name="model">A ready-made network's name or a file that describes one.</param>
    /// <param name="weights">A file or a folder; null to draw weights.</param>
    [SetsRequiredMembers]
    public VerifyOptions(CurvatureOptions common, string model, string? weights)
        : base(common) => (Model, Weights) = (model, weights);

    /// <summary>The network: a ready-made one's name, or a JSON file that describes it.</summary>
    public string Model { get; }

    /// <summary>The checkpoint; null for weights that are drawn by the number of inputs of each layer, biases 0.</summary>
    public string? Weights { get; }
}
