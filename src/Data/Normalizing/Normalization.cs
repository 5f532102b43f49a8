using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace BasinVolume.Data.Normalizing;

/// <summary>
/// How pixels become inputs: (p − mean)/deviation with p = level/255 in 0 … 1, as PyTorch's <c>ToTensor</c> and <c>Normalize((mean,), (deviation,))</c> have
/// it. One mean and deviation for all pixels, or one for each channel of the network's input.
/// </summary>
public sealed class Normalization
{
    /// <summary>What MNIST's training images have, and what is used where nothing else is known.</summary>
    public const string MnistName = "mnist";

    /// <summary>Pixels as they are, 0 … 1.</summary>
    public const string NoneName = "none";

    private const int MostShown = 4;

    private Normalization(ImmutableArray<double> means, ImmutableArray<double> deviations) => (Means, Deviations) = (means, deviations);

    /// <summary>Mean and standard deviation of MNIST's training pixels, rounded as everyone has them.</summary>
    public static Normalization Mnist { get; } = new([0.1307], [0.3081]);

    /// <summary>Pixels as they are.</summary>
    public static Normalization None { get; } = new([0], [1]);

    /// <summary>The mean, of each channel if there are several.</summary>
    public ImmutableArray<double> Means { get; }

    /// <summary>The standard deviation, of each channel if there are several; each above 0.</summary>
    public ImmutableArray<double> Deviations { get; }

    /// <summary>Number of channels, 1 for one mean and deviation for all.</summary>
    public int Channels => Means.Length;

    /// <summary>mnist, none, or null for any other.</summary>
    public string? Name => Same(Mnist) ? MnistName : Same(None) ? NoneName : null;

    /// <summary>As --normalize has it: a name, or MEAN,STD of each channel.</summary>
    public string Spelling => Name ?? string.Join(',', Means.Zip(Deviations, (mean, deviation) => F($"{mean:r},{deviation:r}")));

    /// <summary>What becomes of an element.</summary>
    /// <param name="symbol">What it is called: p.</param>
    public string FormulaOf(char symbol)
    {
        if (Name == NoneName)
            return symbol.ToString();
        IEnumerable<string> formulas = Means.Zip(Deviations, (mean, deviation) => F($"({symbol} − {mean:g6})/{deviation:g6}"));
        return Channels <= MostShown
            ? string.Join(", ", formulas)
            : F($"{string.Join(", ", formulas.Take(MostShown))} and so on for {Channels} columns");
    }

    /// <summary>One of given numbers.</summary>
    /// <param name="means">The mean, of each channel if there are several.</param>
    /// <param name="deviations">As many standard deviations.</param>
    /// <param name="normalization">The normalization; null if the numbers are none.</param>
    /// <returns>Whether they are: as many means as deviations, at least one, all finite, and deviations above 0.</returns>
    public static bool TryCreate(IReadOnlyList<double> means, IReadOnlyList<double> deviations, [NotNullWhen(true)] out Normalization? normalization)
    {
        ArgumentNullException.ThrowIfNull(means);
        ArgumentNullException.ThrowIfNull(deviations);
        bool isOne = means.Count > 0 && means.Count == deviations.Count && means.All(double.IsFinite) && deviations.All(
            deviation => double.IsFinite(deviation) && deviation > 0);
        normalization = isOne ? new([.. means], [.. deviations]) : null;
        return isOne;
    }

    /// <summary>Reads what <see cref="Spelling"/> gives.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Normalization? normalization)
    {
        ArgumentNullException.ThrowIfNull(text);
        normalization = text switch { MnistName => Mnist, NoneName => None, _ => null };
        if (normalization is not null)
            return true;
        double[] numbers = [.. text.Split(',').Select(
            word => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN)];
        return TryCreate([.. numbers.Where((_, i) => i % 2 == 0)], [.. numbers.Where((_, i) => i % 2 == 1)], out normalization);
    }

    /// <summary>Whether all numbers are the same.</summary>
    public bool Same(Normalization other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Means.AsSpan().SequenceEqual(other.Means.AsSpan()) && Deviations.AsSpan().SequenceEqual(other.Deviations.AsSpan());
    }

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
