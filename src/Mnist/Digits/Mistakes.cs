using System.Collections.Immutable;
using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Data.Samples;
using BasinVolume.Kernels;
using BasinVolume.Report.Findings;

namespace BasinVolume.Mnist.Digits;

/// <summary>Which images of a data set a model takes for another class.</summary>
public static class Mistakes
{
    /// <summary>Shows a model all images of a data set.</summary>
    /// <typeparam name="T">What the device computes in.</typeparam>
    /// <param name="plan">The network with its parameters set.</param>
    /// <param name="dataset">The images.</param>
    /// <param name="most">How many mistakes are kept.</param>
    public static MistakenImages Of<T>(Plan<T> plan, Dataset dataset, int most)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(dataset);
        Matrix outputs = Evaluation.Outputs(plan, DatasetSamples.All(dataset));
        var first = ImmutableArray.CreateBuilder<MistakenImage>(most);
        int total = 0;
        for (int image = 0; image < dataset.Count; image++)
        {
            int label = dataset.Labels(image)[0];
            Answer answer = Answer.Of(outputs.Row(image), plan.Network);
            if (answer.Class == label)
                continue;
            total++;
            if (first.Count < most)
                first.Add(new(28, 28, [.. dataset.Pixels(image)], label, answer.Class, answer.Probabilities?[answer.Class]));
        }

        return new(dataset.Count, total, first.ToImmutable());
    }
}
