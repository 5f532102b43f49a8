namespace BasinVolume.Mnist.Options;

/// <summary>
/// The range of every number that can be asked for. Whole numbers end where memory would, real ones far beyond what means something and far before squares and
/// products of them leave the doubles.
/// </summary>
internal static class NumberRanges
{
    /// <summary>Images, batches and steps.</summary>
    public static NumberRange<int> Count { get; } = new(1, 10_000_000);

    /// <summary>Threads of the processor.</summary>
    public static NumberRange<int> Threads { get; } = new(1, 1024);

    /// <summary>The seed of a NumPy stream.</summary>
    public static NumberRange<long> NumpySeed { get; } = new(0, uint.MaxValue);

    /// <summary>Any other seed.</summary>
    public static NumberRange<long> Seed { get; } = new(0, long.MaxValue);

    /// <summary>Passes over the samples.</summary>
    public static NumberRange<int> Epochs { get; } = new(0, 1_000_000);

    /// <summary>A learning rate, or a factor on it.</summary>
    public static NumberRange<double> Rate { get; } = new(1e-30, 1e15);

    /// <summary>λ.</summary>
    public static NumberRange<double> WeightDecay { get; } = new(0, 1e15);

    /// <summary>σ, of initial weights or of the prior.</summary>
    public static NumberRange<double> Deviation { get; } = new(1e-30, 1e15);

    /// <summary>T of the shifted quadratic.</summary>
    public static NumberRange<double> NotebookThreshold { get; } = new(1e-100, 1e100);

    /// <summary>T, ΔT or a loss.</summary>
    public static NumberRange<double> Loss { get; } = new(-1e100, 1e100);

    /// <summary>k of the shifted quadratic.</summary>
    public static NumberRange<double> K { get; } = new(0, 1e30);

    /// <summary>s of the fuzzy volume, or a norm that counts as zero.</summary>
    public static NumberRange<double> Positive { get; } = new(1e-100, 1e100);

    /// <summary>A share of a whole.</summary>
    public static NumberRange<double> Share { get; } = new(1e-15, 0.999);

    /// <summary>A share that may differ.</summary>
    public static NumberRange<double> Tolerance { get; } = new(0, 0.999);

    /// <summary>Half the length of a line through the weights.</summary>
    public static NumberRange<double> Reach { get; } = new(1e-300, 1e300);

    /// <summary>Points of a population that is moved.</summary>
    public static NumberRange<int> PopulationPoints { get; } = new(0, 10_000);

    /// <summary>Rays.</summary>
    public static NumberRange<int> Rays { get; } = new(0, 1_000_000);

    /// <summary>Eigenvectors at each end.</summary>
    public static NumberRange<int> Vectors { get; } = new(0, 1_000_000);

    /// <summary>Eigenpairs at an end of a spectrum that is known by its products.</summary>
    public static NumberRange<int> Pairs { get; } = new(0, 10_000);

    /// <summary>Random directions whose spread says how far off their mean is.</summary>
    public static NumberRange<int> Probes { get; } = new(2, 100_000);

    /// <summary>Steps of a recurrence, each of which takes a product.</summary>
    public static NumberRange<int> Steps { get; } = new(2, 100_000);

    /// <summary>Directions of one kind.</summary>
    public static NumberRange<int> Directions { get; } = new(1, 1000);

    /// <summary>Points of a line.</summary>
    public static NumberRange<int> Points { get; } = new(2, 1_000_000);

    /// <summary>Points of a plane's side.</summary>
    public static NumberRange<int> Side { get; } = new(0, 2000);
}
