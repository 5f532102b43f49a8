using BasinVolume.Autodiff.Networks;
using BasinVolume.Data.Samples;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Models;

/// <summary>What a ready-made network has to fit: the samples that go in, the numbers that come out, and the loss of these.</summary>
/// <param name="Input">The shape of a sample.</param>
/// <param name="Outputs">One for each class or real target.</param>
/// <param name="Loss">What the network ends in.</param>
public sealed record ModelFrame(Shape Input, int Outputs, LossChoice Loss)
{
    /// <summary>MNIST's: images of 28 x 28 in ten classes.</summary>
    public static ModelFrame Mnist { get; } = new(new Shape(1, 28, 28), 10, LossChoice.CrossEntropy);

    /// <summary>Whether samples are images, as convolutions need them.</summary>
    public bool HasImages => Input.Dimensions.Length == 3;

    /// <summary>The network that is taken where none is asked for: the notebook's for its own images, a small multilayer perceptron for all else.</summary>
    public string UsualModel => Input.Equals(Mnist.Input) ? "notebook" : "mlp";

    /// <summary>The one of a data set.</summary>
    /// <param name="layout">What its samples have in common.</param>
    /// <param name="loss">The loss that was asked for; null for cross entropy of classes, mean squares of real targets.</param>
    /// <exception cref="OptionException">Cross entropy is asked for where there are no classes.</exception>
    public static ModelFrame Of(DataLayout layout, LossChoice? loss)
    {
        ArgumentNullException.ThrowIfNull(layout);
        if (loss == LossChoice.CrossEntropy && !layout.HasClasses)
            throw new OptionException(
                $"--loss {ChoiceNames.Of(LossChoice.CrossEntropy)} needs classes, but the data has {layout.TargetsSaid}; leave it out, "
                + $"or give data with classes.");
        int outputs = layout.HasClasses ? layout.Classes.Length * layout.LabelsPerSample : layout.Targets.Length;
        return new(layout.Shape, outputs, loss ?? (layout.HasClasses ? LossChoice.CrossEntropy : LossChoice.MeanSquared));
    }
}
