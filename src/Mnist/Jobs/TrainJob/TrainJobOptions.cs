using System.Diagnostics.CodeAnalysis;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Training;

namespace BasinVolume.Mnist.Jobs.TrainJob;

/// <summary>What the training of a model can be asked for.</summary>
public sealed record TrainJobOptions : JobOptions
{
    /// <summary>Options that every job has, the network, and how it is trained; λ is the weight decay of <paramref name="common"/>.</summary>
    /// <param name="common">What every job has.</param>
    /// <param name="model">Which network; it has no weights yet.</param>
    /// <param name="training">How it is trained.</param>
    [SetsRequiredMembers]
    public TrainJobOptions(JobOptions common, ModelRequest model, TrainingRequest training)
        : base(common) => (Model, Training) = (model, training);

    /// <summary>Which network; it has no weights yet.</summary>
    public ModelRequest Model { get; }

    /// <summary>How it is trained.</summary>
    public TrainingRequest Training { get; }

    /// <inheritdoc/>
    public override void Check()
    {
        base.Check();
        Training.Check();
    }
}
