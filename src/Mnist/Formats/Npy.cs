using System.Numerics;
using BasinVolume.Mnist.Data;
using NumSharp;

namespace BasinVolume.Mnist.Formats;

/// <summary>
/// NumPy's .npy files, by way of NumSharp: versions 1 to 3, either byte order, C or Fortran order. Added here are the checks that it does not
/// make (bytes after the array, an unbelievable size, element types that no double or long holds) and one sentence for whatever goes wrong.
/// </summary>
public static class Npy
{
    /// <summary>Reads an array.</summary>
    /// <param name="path">A .npy file of float16, float32, float64, bool or integers other than uint64.</param>
    /// <returns>Its shape and elements, row by row.</returns>
    /// <exception cref="DataException">The file cannot be opened, is not a .npy file, is damaged, or holds elements of another type.</exception>
    public static NpyArray Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using FileStream file = File.OpenRead(path);
            using NDArray array = np.load_npy(file, allow_pickle: false);
            if (file.Position != file.Length)
                throw new DataException($"{path} goes on for {file.Length - file.Position} bytes after its array; save it again with numpy.save.");
            return Convert(array, path);
        }
        catch (Exception e) when (e is FormatException or EndOfStreamException or NotSupportedException or OverflowException or OutOfMemoryException)
        {
            throw new DataException($"{path} is not a readable .npy file ({e.Message.TrimEnd('.')}); save a numeric array with numpy.save.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"Cannot read {path}: {e.Message.TrimEnd('.')}; give a file that exists and that you may read.", e);
        }
    }

    /// <summary>Writes an array as <c>numpy.save</c> writes it, byte for byte: format 1.0, little-endian, C order.</summary>
    /// <typeparam name="T">float, double, long, or another of C#'s numbers that NumPy has too.</typeparam>
    /// <param name="path">The file; replaced if it is there, and its folder made if it is not.</param>
    /// <param name="shape">The size of each dimension; none for a single number.</param>
    /// <param name="values">The elements, row by row; as many as the product of <paramref name="shape"/>.</param>
    /// <exception cref="ArgumentException">The numbers of elements differ.</exception>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write<T>(string path, IReadOnlyList<int> shape, ReadOnlySpan<T> values)
        where T : unmanaged, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(shape);
        long[] sizes = [.. shape];
        long count = sizes.Aggregate(1L, (product, size) => checked(product * size));
        if (count != values.Length)
            throw new ArgumentException($"An array of shape ({string.Join(", ", sizes)}) has {count} elements; {values.Length} were given.", nameof(values));
        using var array = new NDArray(values.ToArray(), new Shape(sizes));
        AtomicFile.Write(path, stream => np.save(stream, array, allow_pickle: false));
    }

    private static NpyArray Convert(NDArray array, string path)
    {
        int[] shape = Array.ConvertAll(array.shape, static size => checked((int)size));
        switch (array.typecode)
        {
            case NPTypeCode.Half or NPTypeCode.Single or NPTypeCode.Double:
                return new NpyArray(path, shape, Elements<double>(array));
            case NPTypeCode.Boolean or NPTypeCode.SByte or NPTypeCode.Byte or NPTypeCode.Int16 or NPTypeCode.UInt16
                or NPTypeCode.Int32 or NPTypeCode.UInt32 or NPTypeCode.Int64:
                return new NpyArray(path, shape, Elements<long>(array));
            default:
                throw new DataException($"{path} holds elements of type {array.dtype.Name}: expected real or whole numbers that fit a float64 or an int64; save it as float64.");
        }
    }

    private static T[] Elements<T>(NDArray array)
        where T : unmanaged
    {
        using NDArray converted = array.astype(typeof(T));
        return converted.ToArray<T>();
    }
}
