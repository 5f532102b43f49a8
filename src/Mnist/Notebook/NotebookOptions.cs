using System.Diagnostics.CodeAnalysis;
using BasinVolume.Mnist.Jobs;
using BasinVolume.Mnist.Training;

namespace BasinVolume.Mnist.Notebook;

/// <summary>Everything that the main job can be asked for, with the notebook's values as defaults.</summary>
public sealed record NotebookOptions : JobOptions
{
    /// <summary>The notebook's values.</summary>
    public NotebookOptions()
    {
    }

    /// <summary>Options that every job has, and the notebook's values for the rest.</summary>
    /// <param name="common">What every job has.</param>
    [SetsRequiredMembers]
    public NotebookOptions(JobOptions common)
        : base(common)
    {
    }

    /// <summary>A folder with a folder of .npy files for each model (plain_init, l2_init) to start from; null to draw initial weights.</summary>
    public string? InitialWeightsFolder { get; init; }

    /// <summary>
    /// How both models are trained; γ is the plain model's alone, and both begin with the deviation of <see cref="JobOptions.InitialDeviation"/>.
    /// </summary>
    public TrainingRequest Training { get; init; } = TrainingRequest.Usual;

    /// <summary>Whether the run is set beside the notebook, line by line.</summary>
    public bool Audit { get; init; }

    /// <inheritdoc/>
    public override void Check()
    {
        base.Check();
        Training.Check();
    }
}
