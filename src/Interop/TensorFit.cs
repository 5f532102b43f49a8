using BasinVolume.Kernels;

namespace BasinVolume.Interop;

/// <summary>Whether stored tensors are those of a model; whatever does not fit is named in one sentence.</summary>
internal static class TensorFit
{
    /// <summary>Checks that there are as many values as the tensors that are to be written have elements.</summary>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public static void CheckCount(IReadOnlyList<TensorShape> tensors, int values)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        int count = tensors.Sum(tensor => tensor.Count);
        if (values != count)
            throw new ArgumentException($"The tensors have {count} elements; {values} were given.", nameof(values));
    }

    /// <summary>Checks that every name wanted is there.</summary>
    /// <exception cref="DataException">One is not.</exception>
    public static void CheckPresent(string source, IReadOnlyCollection<string> wanted, IReadOnlyCollection<string> present)
    {
        if (wanted.Except(present).Any())
            throw Missing(source, wanted, present);
    }

    /// <summary>What is wrong where not every name wanted is there.</summary>
    public static DataException Missing(string source, IReadOnlyCollection<string> wanted, IReadOnlyCollection<string> present)
    {
        // A misnamed tensor is the likeliest reason for a missing one, so the sentence lists what nobody asked for.
        string[] unknown = [.. present.Except(wanted).Order(StringComparer.Ordinal)];
        string others = unknown.Length == 0 ? string.Empty : $" (it has {Printable.List(unknown)}, which this model does not know)";
        return new($"{source} lacks {Printable.List(wanted.Except(present))}{others}; give the weights of this model.");
    }

    /// <summary>The elements of the tensors, one after the other; each has the shape expected and only finite elements.</summary>
    /// <exception cref="DataException">Some do not fit.</exception>
    public static double[] Join(string source, IReadOnlyList<TensorShape> expected, Func<TensorShape, StoredTensor> find)
    {
        var faults = new List<string>();
        var all = new List<double>();
        foreach (TensorShape tensor in expected)
        {
            StoredTensor stored = find(tensor);
            if (stored.Fault is { } fault)
            {
                faults.Add($"{tensor.Name} {fault}");
                continue;
            }

            if (!stored.Shape.SequenceEqual(tensor.Shape))
            {
                faults.Add($"{tensor.Name} is {Describe(stored.Shape)}, expected {Describe(tensor.Shape)}");
                continue;
            }

            double[] values = stored.Read();
            int index = Array.FindIndex(values, value => !double.IsFinite(value));
            if (index >= 0)
                faults.Add($"{tensor.Name} is {values[index]} at index {index}, expected finite numbers");
            all.AddRange(values);
        }

        return faults.Count == 0
            ? [.. all]
            : throw new DataException($"The tensors in {source} are not those of this model: {string.Join("; ", faults)}; give the weights of this model.");
    }

    private static string Describe(IReadOnlyList<int> shape) => $"({string.Join(", ", shape)})";
}
