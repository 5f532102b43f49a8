using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BasinVolume.Report.Records;

/// <summary>
/// Which Hessian a model's is, whether or not a matrix of it is held: that of a loss at weights. By it documents of jobs that never held the matrix are known
/// to be about the same one as those that did.
/// </summary>
internal static class ModelPoint
{
    /// <summary>By the weights alone, as the run wrote them; null where it does not say which files are its own.</summary>
    public static string? WeightsOf(ResultRecord run, ModelRecord model)
    {
        string folder = $"weights-{model.Name}/";
        string[] tensors =
        [
            .. (run.Files ?? []).Where(file => file.Name.StartsWith(folder, StringComparison.Ordinal))
                .Select(file => $"{file.Name[folder.Length..]} {file.Sha256}").Order(StringComparer.Ordinal),
        ];
        return tensors.Length == 0 ? null : $"weights {HashOf(tensors)}";
    }

    /// <summary>By weights, samples, inputs and how their losses became one; null where one of them is not said.</summary>
    public static string? Of(ResultRecord run, ModelRecord model)
    {
        if (WeightsOf(run, model) is not { } weights || model.Hessian is not { Weighting: { } weighting, WeightDecay: { } decay })
            return null;
        if (run.Data is not { Sha256: { Count: > 0 } files, IndicesSha256: { } indices })
            return null;
        NormalizationRecord? inputs = run.Data.Normalization;
        return "point " + HashOf(
        [
            weights,
            .. files.Values.Order(StringComparer.Ordinal),
            indices,
            weighting,
            weighting == "batch-mean" ? Text(run.Options?.BatchSize) : string.Empty,
            Text(decay),
            string.Join(' ', (inputs?.Mean ?? []).Select(mean => Text(mean))),
            string.Join(' ', (inputs?.Std ?? []).Select(std => Text(std))),
        ]);
    }

    private static string Text(double? value) => value?.ToString("r", CultureInfo.InvariantCulture) ?? string.Empty;

    private static string HashOf(IEnumerable<string> parts)
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
}
