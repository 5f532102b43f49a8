using System.Numerics;
using BasinVolume.Mnist.Data;

namespace BasinVolume.Mnist.Formats;

/// <summary>
/// The weights of a model as a folder with one .npy file a tensor (<c>conv1.weight.npy</c>). In memory they are one vector, tensor after tensor.
/// </summary>
public static class TensorFolder
{
    private const string Extension = ".npy";

    /// <summary>Reads the tensors of a model.</summary>
    /// <param name="folder">Where the files are. Files of other names are left alone.</param>
    /// <param name="expected">The tensors wanted, in the order wanted.</param>
    /// <returns>Their elements, one tensor after the other, each row by row.</returns>
    /// <exception cref="DataException">
    /// The folder or a file is missing or unreadable, or a tensor has another shape or an element that is not finite; all such tensors are named at once.
    /// </exception>
    public static double[] Read(string folder, IReadOnlyList<TensorShape> expected)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(expected);
        if (!Directory.Exists(folder))
            throw new DataException($"There is no folder {folder}; give one with a .npy file for each of {string.Join(", ", expected.Select(tensor => tensor.Name))}.");
        CheckPresent(folder, expected);
        NpyArray[] arrays = [.. expected.Select(tensor => Npy.Read(PathOf(folder, tensor)))];
        string[] faults = [.. expected.Zip(arrays, FaultOf).OfType<string>()];
        if (faults.Length > 0)
            throw new DataException($"The tensors in {folder} are not those of this model: {string.Join("; ", faults)}; give the weights of this model.");
        return [.. arrays.SelectMany(array => array.AsDoubles())];
    }

    /// <summary>Writes the tensors of a model; other files of the folder stay.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="folder">Where the files go; made if it is not there.</param>
    /// <param name="tensors">The tensors, in the order of <paramref name="values"/>.</param>
    /// <param name="values">Their elements, one tensor after the other, each row by row; exactly that many.</param>
    /// <exception cref="ArgumentException">There are more or fewer values than the tensors have elements.</exception>
    /// <exception cref="OutputException">A file cannot be written.</exception>
    public static void Write<T>(string folder, IReadOnlyList<TensorShape> tensors, ReadOnlySpan<T> values)
        where T : unmanaged, INumber<T>
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(tensors);
        int count = tensors.Sum(tensor => tensor.Count);
        if (values.Length != count)
            throw new ArgumentException($"The tensors have {count} elements; {values.Length} were given.", nameof(values));
        foreach (TensorShape tensor in tensors)
        {
            Npy.Write(PathOf(folder, tensor), tensor.Shape, values[..tensor.Count]);
            values = values[tensor.Count..];
        }
    }

    private static string PathOf(string folder, TensorShape tensor) => Path.Combine(folder, tensor.Name + Extension);

    private static void CheckPresent(string folder, IReadOnlyList<TensorShape> expected)
    {
        string[] missing = [.. expected.Where(tensor => !File.Exists(PathOf(folder, tensor))).Select(tensor => tensor.Name + Extension)];
        if (missing.Length == 0)
            return;
        // A misnamed tensor is the likeliest reason for a missing one, so the sentence lists what nobody asked for.
        IEnumerable<string> wanted = expected.Select(tensor => tensor.Name + Extension);
        string[] unknown = [.. Directory.EnumerateFiles(folder, "*" + Extension).Select(path => Path.GetFileName(path)).Except(wanted).Order(StringComparer.Ordinal)];
        string others = unknown.Length == 0 ? string.Empty : $" (it has {string.Join(", ", unknown)}, which this model does not know)";
        throw new DataException($"{folder} lacks {string.Join(", ", missing)}{others}; give the weights of this model.");
    }

    private static string? FaultOf(TensorShape expected, NpyArray actual)
    {
        if (!actual.Shape.SequenceEqual(expected.Shape))
            return $"{expected.Name} is {Describe(actual.Shape)}, expected {Describe(expected.Shape)}";
        double[] values = actual.AsDoubles();
        int index = Array.FindIndex(values, value => !double.IsFinite(value));
        return index < 0 ? null : $"{expected.Name} is {values[index]} at index {index}, expected finite numbers";
    }

    private static string Describe(IReadOnlyList<int> shape) => $"({string.Join(", ", shape)})";
}
