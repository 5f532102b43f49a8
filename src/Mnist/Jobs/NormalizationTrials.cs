using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Data.Normalizing;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Subsets;
using BasinVolume.Interop;
using BasinVolume.Report.Findings;

namespace BasinVolume.Mnist.Jobs;

/// <summary>How weights do on the samples if their pixels become inputs in one way.</summary>
/// <param name="Normalization">The way.</param>
/// <param name="Found">The mean loss over the samples and how many were right.</param>
public sealed record NormalizationTrial(Normalization Normalization, Evaluation Found);

/// <summary>
/// How weights that do not say how they were trained do with each usual way to make pixels into inputs. The wrong way shows:
/// the loss is several times as large.
/// </summary>
/// <param name="Used">The way that the job takes.</param>
/// <param name="Others">The other usual ones.</param>
/// <param name="Classes">How many classes there are.</param>
public sealed record NormalizationTrials(NormalizationTrial Used, ImmutableArray<NormalizationTrial> Others, int Classes)
{
    // Clearly better: the loss is smaller by a tenth or more; fewer are right by no more than two standard errors (wrong preparation can get a few more right
    // by luck); and they are more than twice as many as guessing gets.
    private const double ClearlySmaller = 0.9;

    /// <summary>The one that does clearly better than the one used; null if none does.</summary>
    public NormalizationTrial? Better => Others
        .Where(other => other.Found.Loss <= ClearlySmaller * Used.Found.Loss
            && Used.Found.Correct - other.Found.Correct <= 2 * StandardError(other.Found)
            && other.Found.Correct * Classes > 2 * other.Found.Total)
        .MinBy(other => other.Found.Loss);

    /// <summary>What is to be known, for a person; null where nothing is.</summary>
    public string? Advice => Better is { } better
        ? $"these weights do not say how they were trained: with --normalize {better.Normalization.Spelling} they have {Said(better)}, "
            + $"with {Used.Normalization.Spelling}, which is used, {Said(Used)}"
        : null;

    /// <summary>Tries them.</summary>
    /// <typeparam name="T">What the device computes in.</typeparam>
    /// <param name="plan">The network with its parameters set.</param>
    /// <param name="training">The training images, as the job takes them.</param>
    /// <param name="indices">Those that are used.</param>
    /// <param name="view">Who watches.</param>
    /// <returns>What came out; null where samples have no classes to be right about.</returns>
    public static NormalizationTrials? Of<T>(Plan<T> plan, Dataset training, int[] indices, IRunView view)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!training.Layout.HasClasses || training.Layout.Elements == ElementKind.Tokens)
            return null;
        NormalizationTrial Try(Normalization way) => new(
            way, Evaluation.Compute(plan, new DatasetSamples(training.With(way), indices, SampleWeights.Mean(indices.Length))));
        Normalization used = training.Normalization;
        IEnumerable<Normalization> others = Usual(training, indices).Where(way => !way.Same(used));
        var trials = new NormalizationTrials(Try(used), [.. others.Select(Try)], training.Layout.Classes.Length);
        if (trials.Advice is { } advice)
            view.Say($"inputs: {advice}");
        return trials;
    }

    // MNIST's constants for its like; the samples' own numbers for all other data, if they have any that can be divided by.
    private static IEnumerable<Normalization> Usual(Dataset training, int[] indices)
    {
        if (training.Layout.IsMnistLike)
            return [Normalization.Mnist, Normalization.None];
        try
        {
            return [Normalization.None, SampleStatistics.Of(training, indices, training.Layout.Channels)];
        }
        catch (DataException)
        {
            return [Normalization.None];
        }
    }

    // Of the difference of both numbers of right ones: they differ in at most those samples that one of the two gets wrong.
    private double StandardError(Evaluation other) => Math.Sqrt(Used.Found.Total - Used.Found.Correct + other.Total - other.Correct);

    private static string Said(NormalizationTrial trial)
        => string.Create(CultureInfo.InvariantCulture, $"a loss of {trial.Found.Loss:g4} and {trial.Found.Correct} of {trial.Found.Total} right");
}
