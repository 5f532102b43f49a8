using System.Diagnostics.CodeAnalysis;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Options;
using BasinVolume.Mnist.Training;

namespace BasinVolume.Mnist.Jobs.HessianJob;

/// <summary>What the Hessian of one model can be asked for.</summary>
public sealed record HessianOptions : JobOptions
{
    /// <summary>Options that every job has, the model, and how it is trained if it has no weights yet.</summary>
    /// <param name="common">What every job has.</param>
    /// <param name="model">Which model.</param>
    /// <param name="training">How it is trained; with the penalty if that is part of the loss whose Hessian is computed.</param>
    [SetsRequiredMembers]
    public HessianOptions(JobOptions common, ModelRequest model, TrainingRequest training)
        : base(common) => (Model, Training) = (model, training);

    /// <summary>Which model.</summary>
    public ModelRequest Model { get; }

    /// <summary>How it is trained if it has no weights yet.</summary>
    public TrainingRequest Training { get; }

    /// <summary>How a model without weights is trained: on the loss whose Hessian is computed.</summary>
    internal Hyperparameters Hyperparameters => Training.Options(BatchSize, Penalty == Penalty.Included ? WeightDecay : 0);

    /// <inheritdoc/>
    public override void Check()
    {
        base.Check();
        Training.Check();
    }
}
