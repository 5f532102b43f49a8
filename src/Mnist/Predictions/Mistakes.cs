using System.Collections.Immutable;
using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Data;

namespace BasinVolume.Mnist.Predictions;

/// <summary>The images of a data set that a model takes for another class.</summary>
/// <param name="Images">How many images it was shown.</param>
/// <param name="Total">How many it answered wrong.</param>
/// <param name="First">The first of those.</param>
public sealed record Mistakes(int Images, int Total, ImmutableArray<Mistake> First)
{
    /// <summary>Shows a model all images of a data set.</summary>
    /// <typeparam name="T">What the device computes in.</typeparam>
    /// <param name="plan">The network with its parameters set.</param>
    /// <param name="dataset">The images.</param>
    /// <param name="most">How many mistakes are kept.</param>
    public static Mistakes Of<T>(Plan<T> plan, Dataset dataset, int most)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(dataset);
        Matrix outputs = Evaluation.Outputs(plan, DatasetSamples.All(dataset));
        var first = ImmutableArray.CreateBuilder<Mistake>(most);
        int total = 0;
        for (int image = 0; image < dataset.Count; image++)
        {
            int label = dataset.Labels.Span[image];
            Answer answer = Answer.Of(outputs.Row(image), plan.Network);
            if (answer.Class == label)
                continue;
            total++;
            if (first.Count < most)
                first.Add(new(image, label, answer.Class, answer.Probabilities?[answer.Class]));
        }

        return new(dataset.Count, total, first.ToImmutable());
    }
}

/// <summary>One of them.</summary>
/// <param name="Image">Its place in the data set, from 0.</param>
/// <param name="Label">What it shows.</param>
/// <param name="Answer">What the model takes it for.</param>
/// <param name="Probability">With what probability; null for a network whose outputs are no logits.</param>
public sealed record Mistake(int Image, int Label, int Answer, double? Probability);
