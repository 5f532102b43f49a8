using System.Numerics;
using BasinVolume.Interop.Arrays;
using BasinVolume.Kernels;

namespace BasinVolume.Interop.Weights;

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
            throw new DataException(
                $"There is no folder {folder}; give one with a .npy file for each of {Printable.List(expected.Select(tensor => tensor.Name))}.");
        IEnumerable<string> found = Directory.EnumerateFiles(folder, "*" + Extension).Select(path => Path.GetFileName(path));
        TensorFit.CheckPresent(folder, [.. expected.Select(tensor => tensor.Name + Extension)], [.. found]);
        return TensorFit.Join(folder, expected, tensor => Stored(Npy.Read(PathOf(folder, tensor))));
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
        TensorFit.CheckCount(tensors, values.Length);
        foreach (TensorShape tensor in tensors)
        {
            Npy.Write(PathOf(folder, tensor), tensor.Shape, values[..tensor.Count]);
            values = values[tensor.Count..];
        }
    }

    /// <summary>The file of a tensor.</summary>
    internal static string PathOf(string folder, TensorShape tensor) => NamedFile.In(folder, tensor.Name + Extension);

    private static StoredTensor Stored(NpyArray array) => new(array.Shape, array.AsDoubles);
}
