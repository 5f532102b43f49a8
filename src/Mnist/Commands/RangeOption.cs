using System.CommandLine;
using BasinVolume.Mnist.Jobs.SpectrumJob;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Commands;

/// <summary>An option whose value is all, largest:K or smallest:K.</summary>
internal static class RangeOption
{
    private const string Largest = "largest", Smallest = "smallest";

    private static readonly string[] Words = [EigenvalueRange.All.Spelling, Largest, Smallest];

    /// <summary>The option; all when it is not given.</summary>
    public static Option<EigenvalueRange> Of(string name, string description)
    {
        var option = new Option<EigenvalueRange>(name)
        {
            Description = description,
            HelpName = "all|largest:K|smallest:K",
            DefaultValueFactory = _ => EigenvalueRange.All,
            CustomParser = result =>
            {
                string word = result.Tokens[^1].Value;
                if (Parse(word) is { } range)
                    return range;
                result.AddError($"{name} must be all, largest:K or smallest:K with K at least 1; got '{word}'{NearestWord.Hint(word.Split(':')[0], Words)}.");
                return null;
            },
        };
        option.CompletionSources.Add(EigenvalueRange.All.Spelling, $"{Largest}:", $"{Smallest}:");
        return option;
    }

    private static EigenvalueRange? Parse(string word)
    {
        if (word == EigenvalueRange.All.Spelling)
            return EigenvalueRange.All;
        string[] parts = word.Split(':');
        if (parts.Length != 2 || !Number.TryRead(parts[1], out int count) || count < 1)
            return null;
        return parts[0] switch
        {
            Largest => EigenvalueRange.Largest(count),
            Smallest => EigenvalueRange.Smallest(count),
            _ => null,
        };
    }
}
