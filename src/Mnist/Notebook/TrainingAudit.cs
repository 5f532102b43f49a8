using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Data.Subsets;
using BasinVolume.Mnist.Jobs;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Records;

namespace BasinVolume.Mnist.Notebook;

/// <summary>The lines about samples and training.</summary>
internal static class TrainingAudit
{
    public static AuditRecord Schedule(int line, ModelResult plain, ModelResult l2) => new(
        line,
        "the second model's scheduler drives the first one's optimizer",
        "21 % right (plain), 66 % right (l2)",
        $"{Accuracy(plain)} ({plain.Model.Name}), {Accuracy(l2)} ({l2.Model.Name})",
        $"the penalty is not what sets them apart: the last learning rate is {LastRate(plain)} for {plain.Model.Name} and {LastRate(l2)} for {l2.Model.Name}",
        null);

    public static AuditRecord BatchMeans(int line, JobOptions options, int samples)
    {
        int last = ((samples - 1) % options.BatchSize) + 1;
        return new(
            line,
            "the loss is a mean of batch means",
            "24 means, the last of 28 samples",
            F($"{ChoiceNames.Of(options.Weighting)}; the last batch has {last} samples"),
            F($"sum over samples / N; in a mean of batch means the last {last} weigh {(double)options.BatchSize / last:f2} times the rest"),
            null);
    }

    public static AuditRecord Replacement(int line, JobOptions options, ImmutableArray<int> indices) => new(
        line,
        "draws the samples with replacement",
        "not on record; 18.6 duplicates expected",
        F($"{indices.Length - indices.Distinct().Count()} duplicates"),
        options.Sampling switch
        {
            Sampling.WithReplacement => "0 duplicates, with --sampling without-replacement",
            Sampling.WithoutReplacement => "drawn without replacement here",
            _ => "all samples are used here",
        },
        null);

    public static AuditRecord Seeds(int line, JobOptions options) => new(
        line,
        "no seeds, and shuffles on CUDA only",
        "not repeatable",
        F($"seed {options.Seed}"),
        "the same order and the same draws on every device; indices.npy has them",
        null);

    private static string Accuracy(ModelResult model)
        => model.Training.Epochs.IsEmpty
            ? "not trained"
            : model.Training.Epochs[^1].Test?.Right ?? "no test data";

    private static string LastRate(ModelResult model) => model.Training.Epochs.IsEmpty ? "none" : F($"{model.Training.Epochs[^1].LearningRate:g3}");

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
