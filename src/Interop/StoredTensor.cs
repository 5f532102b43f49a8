namespace BasinVolume.Interop;

/// <summary>A tensor that a file holds: its shape at once, its elements when they are wanted.</summary>
/// <param name="Shape">The size of each dimension.</param>
/// <param name="Read">Gives the elements, row by row.</param>
internal sealed record StoredTensor(IReadOnlyList<int> Shape, Func<double[]> Read)
{
    /// <summary>The type of elements that are whole numbers or truth values: such a tensor counts something and is no weight. Null for real numbers.</summary>
    public string? WholeType { get; init; }

    /// <summary>Why the elements cannot be had, as the end of a sentence that begins with the tensor; null if they can.</summary>
    public string? Fault { get; init; }

    /// <summary>A tensor whose elements cannot be had.</summary>
    public static StoredTensor Unreadable(string fault) => new([], () => throw new InvalidOperationException(fault)) { Fault = fault };
}
