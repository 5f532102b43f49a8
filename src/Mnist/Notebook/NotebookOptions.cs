using System.Diagnostics.CodeAnalysis;
using BasinVolume.Mnist.Curvatures;

namespace BasinVolume.Mnist.Notebook;

/// <summary>Everything that the main job can be asked for, with the notebook's values as defaults.</summary>
public sealed record NotebookOptions : CurvatureOptions
{
    /// <summary>The notebook's values.</summary>
    public NotebookOptions()
    {
    }

    /// <summary>Options that every job has, and the notebook's values for the rest.</summary>
    /// <param name="common">What every job has.</param>
    [SetsRequiredMembers]
    public NotebookOptions(CurvatureOptions common)
        : base(common)
    {
    }

    /// <summary>A folder with a folder of .npy files for each model (plain_init, l2_init) to start from; null to draw initial weights.</summary>
    public string? InitialWeightsFolder { get; init; }

    /// <summary>Passes over the samples.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>The learning rate of the first epoch.</summary>
    public double LearningRate { get; init; } = 1.0;

    /// <summary>What the plain model's learning rate is multiplied by after each epoch.</summary>
    public double Gamma { get; init; } = 0.7;

    /// <inheritdoc/>
    public override void Check()
    {
        base.Check();
        CheckWhole("--epochs", Epochs, 0);
        CheckReal("--lr", LearningRate, LearningRate > 0, "above 0");
        CheckReal("--gamma", Gamma, Gamma > 0, "above 0");
    }
}
