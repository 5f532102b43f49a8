namespace BasinVolume.Onnx.Values;

/// <summary>The initialiser that a constant's elements come from: what becomes a parameter keeps its name.</summary>
/// <param name="Tensor">The initialiser's name.</param>
/// <param name="Dims">Its shape.</param>
/// <param name="Places">Which of its elements each one is; null for all of them in their order.</param>
/// <param name="IsFolded">Whether the elements are computed with those of a normalisation.</param>
internal sealed record Origin(string Tensor, IReadOnlyList<int> Dims, int[]? Places = null, bool IsFolded = false);

/// <summary>A tensor whose elements are known when a network is read: an initialiser, or what is computed of such and of shapes.</summary>
/// <param name="dims">The size of each dimension; none for a single number.</param>
internal abstract class Known(IReadOnlyList<int> dims)
{
    /// <summary>The size of each dimension.</summary>
    public IReadOnlyList<int> Dims { get; } = dims;

    /// <summary>Where the elements come from; null where they were computed.</summary>
    public Origin? Origin { get; init; }

    /// <summary>Number of elements.</summary>
    public abstract int Count { get; }

    /// <summary>Some of the elements, or all in another order.</summary>
    /// <param name="to">The new shape.</param>
    /// <param name="places">Which element stands at each place of it.</param>
    public Known Pick(IReadOnlyList<int> to, int[] places)
    {
        if (Origin is null)
            return Picked(to, places, null);
        int[] first = Origin.Places is { } before ? Array.ConvertAll(places, place => before[place]) : places;
        bool isWhole = first.Length == Indexing.Count(Origin.Dims) && Indexing.AreInOrder(first);
        return Picked(to, places, Origin with { Places = isWhole ? null : first });
    }

    /// <summary>The same elements under another shape.</summary>
    public Known As(IReadOnlyList<int> to) => to.SequenceEqual(Dims) ? this : Pick(to, Indexing.All(Count));

    /// <summary>The same elements as if nothing were known of where they come from: what takes part in a formula is no parameter.</summary>
    public Known Anonymous() => Of(null);

    /// <summary>The same elements, with where they come from.</summary>
    public abstract Known Of(Origin? origin);

    protected abstract Known Picked(IReadOnlyList<int> to, int[] places, Origin? origin);
}

/// <summary>Real numbers.</summary>
/// <param name="dims">The size of each dimension.</param>
/// <param name="numbers">The elements, row by row.</param>
/// <param name="bits">Of which precision they are: 16, 32 or 64.</param>
internal sealed class Reals(IReadOnlyList<int> dims, double[] numbers, int bits) : Known(dims)
{
    /// <summary>The elements, row by row.</summary>
    public double[] Numbers { get; } = numbers;

    /// <summary>Of which precision they are.</summary>
    public int Bits { get; } = bits;

    public override int Count => Numbers.Length;

    /// <summary>The one element, if there is one.</summary>
    public double? Single => Numbers is [var only] ? only : null;

    public override Known Of(Origin? origin) => new Reals(Dims, Numbers, Bits) { Origin = origin };

    /// <summary>Numbers computed of these, one by one; they are no initialiser's any more.</summary>
    public Reals Map(Func<double, double> function) => new(Dims, Array.ConvertAll(Numbers, value => function(value)), Bits);

    protected override Known Picked(IReadOnlyList<int> to, int[] places, Origin? origin)
        => new Reals(to, Array.ConvertAll(places, place => Numbers[place]), Bits) { Origin = origin };
}

/// <summary>
/// A whole number in a shape: a number, or a number times the samples of a batch, which nobody knows yet. <c>Shape</c> of a value begins with the latter.
/// </summary>
/// <param name="Number">The number.</param>
/// <param name="OfBatch">Whether it is to be multiplied by the number of samples.</param>
internal readonly record struct Whole(long Number, bool OfBatch = false);

/// <summary>Whole numbers and truth values.</summary>
/// <param name="dims">The size of each dimension.</param>
/// <param name="numbers">The elements, row by row.</param>
internal sealed class Wholes(IReadOnlyList<int> dims, Whole[] numbers) : Known(dims)
{
    /// <summary>The elements, row by row.</summary>
    public Whole[] Numbers { get; } = numbers;

    public override int Count => Numbers.Length;

    /// <summary>Whether none depends on the number of samples.</summary>
    public bool AreFixed => !Array.Exists(Numbers, number => number.OfBatch);

    /// <summary>A list of numbers, one dimension.</summary>
    public static Wholes Of(params long[] numbers) => new([numbers.Length], Array.ConvertAll(numbers, number => new Whole(number)));

    public override Known Of(Origin? origin) => new Wholes(Dims, Numbers) { Origin = origin };

    protected override Known Picked(IReadOnlyList<int> to, int[] places, Origin? origin)
        => new Wholes(to, Array.ConvertAll(places, place => Numbers[place])) { Origin = origin };
}
