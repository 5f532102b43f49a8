using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Training;

namespace BasinVolume.Mnist.Jobs.PredictJob;

/// <summary>What a prediction can be asked for.</summary>
public sealed record PredictOptions : JobOptions
{
    /// <summary>Options that every job has, the pictures, the model, and how it is trained if it has no weights yet.</summary>
    /// <param name="common">What every job has; nothing is written to its folder for results.</param>
    /// <param name="pictures">The files of the pictures.</param>
    /// <param name="model">Which model.</param>
    /// <param name="training">How it is trained.</param>
    [SetsRequiredMembers]
    public PredictOptions(JobOptions common, ImmutableArray<string> pictures, ModelRequest model, TrainingRequest training)
        : base(common) => (Pictures, Model, Training) = (pictures, model, training);

    /// <summary>The files of the pictures.</summary>
    public ImmutableArray<string> Pictures { get; }

    /// <summary>Which model.</summary>
    public ModelRequest Model { get; }

    /// <summary>How it is trained if it has no weights yet.</summary>
    public TrainingRequest Training { get; }

    /// <inheritdoc/>
    public override void Check()
    {
        base.Check();
        Training.Check();
    }
}
