using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using BasinVolume.Curvature;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Commands;

/// <summary>An option whose value is a grid of positive numbers: a list such as 1e-6,1e-3,1, or start:stop:count in equal steps of the logarithm.</summary>
internal static class DampingOption
{
    private const int Most = 10000;

    /// <summary>--damping, the same for every command that tells a log-determinant.</summary>
    /// <param name="usual">What it is when it is not given.</param>
    public static Option<ImmutableArray<double>?> OfDeterminant(string usual)
        => Of("--damping", $"The μ of log det(H + μI): a list, or start:stop:count in equal steps of the logarithm. [default: {usual}]");

    /// <summary>The option; null when it is not given.</summary>
    public static Option<ImmutableArray<double>?> Of(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "LIST|START:STOP:COUNT",
        CustomParser = result =>
        {
            string word = result.Tokens[^1].Value;
            if (Parse(word) is { } grid)
                return grid;
            result.AddError(
                $"{name} must be positive numbers such as 1e-6,1e-3,1, or start:stop:count such as 1e-8:1:9 with a count from 2 to {Most}; got '{word}'.");
            return null;
        },
    };

    private static ImmutableArray<double>? Parse(string word)
    {
        string[] parts = word.Split(':');
        if (parts.Length == 1)
        {
            double?[] list = [.. word.Split(',').Select(Positive)];
            return Array.TrueForAll(list, value => value is not null) ? [.. list.Select(value => value!.Value)] : null;
        }

        bool isGrid = parts.Length == 3 && Number.TryRead(parts[2], out int count) && count is >= 2 and <= Most;
        return isGrid && Positive(parts[0]) is { } from && Positive(parts[1]) is { } to
            ? [.. DampingCurve.Grid(from, to, int.Parse(parts[2], CultureInfo.InvariantCulture))]
            : null;
    }

    private static double? Positive(string word)
        => Number.TryRead(word, out double value) && value > 0 && double.IsFinite(value) ? value : null;
}
