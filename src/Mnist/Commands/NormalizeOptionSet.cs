using System.CommandLine;
using System.CommandLine.Parsing;
using BasinVolume.Data.Normalizing;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Commands;

/// <summary>--normalize, --mean and --std, the same for every command that needs data.</summary>
internal sealed class NormalizeOptionSet
{
    private const string Name = "--normalize", MeanName = "--mean", DeviationName = "--std";

    private static readonly string[] Words = [Normalization.MnistName, Normalization.NoneName, NormalizationChoice.AutoName];

    private readonly Option<NormalizationChoice?> _normalize = Create();
    private readonly Option<double[]?> _mean = Numbers(
        MeanName, "MEAN of inputs (x − MEAN)/STD: one number, or one for each channel with commas between them.", NumberRanges.Loss);
    private readonly Option<double[]?> _deviation = Numbers(
        DeviationName, "STD of inputs (x − MEAN)/STD: one number, or one for each channel.", NumberRanges.Deviation);

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [_normalize, _mean, _deviation];

    /// <summary>What was asked; null for nothing.</summary>
    /// <exception cref="OptionException">Two of them contradict each other.</exception>
    public NormalizationChoice? Read(ParseResult parsed)
    {
        // An array that was not given is an empty one.
        double[] means = parsed.GetValue(_mean) ?? [], deviations = parsed.GetValue(_deviation) ?? [];
        NormalizationChoice? named = parsed.GetValue(_normalize);
        if (means.Length + deviations.Length == 0)
            return named;
        if (named is not null)
            throw new OptionException($"{Name} {named.Spelling} and {MeanName} or {DeviationName} say the same in two ways; give one of them.");
        means = means.Length == 0 ? [0] : means;
        deviations = deviations.Length == 0 ? [1] : deviations;
        if (Math.Min(means.Length, deviations.Length) > 1 && means.Length != deviations.Length)
            throw new OptionException(
                $"{MeanName} has {means.Length} numbers and {DeviationName} {deviations.Length}; give one number, or one for each channel, in both.");
        int channels = Math.Max(means.Length, deviations.Length);
        return Normalization.TryCreate(Spread(means, channels), Spread(deviations, channels), out Normalization? given) ? new(given) : null;
    }

    private static double[] Spread(double[] numbers, int channels) => numbers.Length == 1 ? [.. Enumerable.Repeat(numbers[0], channels)] : numbers;

    private static Option<NormalizationChoice?> Create()
    {
        var option = new Option<NormalizationChoice?>(Name)
        {
            Description =
                "How pixels p in 0 to 1, or numbers, become inputs (p − MEAN)/STD: MNIST's 0.1307,0.3081; none, as they are; "
                + "auto, mean and standard deviation of the samples, of each channel or column; or numbers, a pair for all or for each channel. "
                + "[default: as the weights were trained if they say, else mnist for grey images of 28 x 28 and none for all else]",
            HelpName = "mnist|none|auto|MEAN,STD",
            CustomParser = Parse,
        };
        option.CompletionSources.Add(Words);
        return option;
    }

    private static NormalizationChoice? Parse(ArgumentResult result)
    {
        string word = result.Tokens[^1].Value;
        if (!NormalizationChoice.TryParse(word, out NormalizationChoice? choice))
        {
            result.AddError(
                $"{Name} must be mnist, none, auto, or MEAN,STD: finite numbers with a point, the second above 0, as in 0.1307,0.3081, "
                + $"and such a pair for each channel; got '{word}'{NearestWord.Hint(word, Words)}.");
        }

        return choice;
    }

    private static Option<double[]?> Numbers(string name, string description, NumberRange<double> range)
        => new(name) { Description = $"{description} [{range}]", HelpName = "NUMBER,…", CustomParser = result => ParseNumbers(name, range, result) };

    private static double[]? ParseNumbers(string name, NumberRange<double> range, ArgumentResult result)
    {
        string word = result.Tokens[^1].Value;
        var numbers = new List<double>();
        foreach (string part in word.Split(','))
        {
            if (!Number.TryRead(part, out double number) || !range.Holds(number))
            {
                result.AddError($"{name} must be {range.Expected}, or several with commas between them, as in 0.49,0.48,0.45; got '{word}'.");
                return null;
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }
}
