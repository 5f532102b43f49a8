using System.Diagnostics.CodeAnalysis;
using BasinVolume.Mnist.Models;

namespace BasinVolume.Mnist.Jobs.VerifyJob;

/// <summary>What a verification can be asked for.</summary>
public sealed record VerifyOptions : JobOptions
{
    /// <summary>Options that every job has, and the model.</summary>
    /// <param name="common">What every job has; nothing is written to its folder for results.</param>
    /// <param name="model">Which model; one without weights gets weights that are drawn by the number of inputs of each layer, biases 0.</param>
    [SetsRequiredMembers]
    public VerifyOptions(JobOptions common, ModelRequest model)
        : base(common) => Model = model;

    /// <summary>Which model; one without weights gets weights that are drawn by the number of inputs of each layer, biases 0.</summary>
    public ModelRequest Model { get; }
}
