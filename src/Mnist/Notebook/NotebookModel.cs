using BasinVolume.Mnist.Training;

namespace BasinVolume.Mnist.Notebook;

/// <summary>One of the two models that the notebook trains.</summary>
/// <param name="Name">plain or l2.</param>
/// <param name="Training">How it is trained.</param>
public sealed record NotebookModel(string Name, Hyperparameters Training)
{
    /// <summary>The name of the model without a penalty.</summary>
    public const string Plain = "plain";

    /// <summary>The name of the model with a penalty.</summary>
    public const string L2 = "l2";

    /// <summary>
    /// Both models. Plain has no penalty and a learning rate that decays by γ after each epoch. L2 has the penalty and a constant learning rate:
    /// the notebook's second scheduler was given the first model's optimizer, so it never touched this one.
    /// The preset keeps that, because it explains most of the difference between the two.
    /// </summary>
    public static IReadOnlyList<NotebookModel> Both(NotebookOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return
        [
            new(Plain, options.Training.Options(options.BatchSize, weightDecay: 0)),
            new(L2, options.Training.Options(options.BatchSize, options.WeightDecay) with { Gamma = 1 }),
        ];
    }
}
