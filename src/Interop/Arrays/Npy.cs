using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using NumSharp;
using NumSharp.Backends.Unmanaged;

namespace BasinVolume.Interop.Arrays;

/// <summary>
/// NumPy's .npy files, by way of NumSharp: versions 1 to 3, either byte order, C or Fortran order. Added here are the checks that it does not
/// make (bytes after the array, an unbelievable size, element types that no double or long holds) and one sentence for whatever goes wrong.
/// </summary>
public static partial class Npy
{
    // The numbers as they come out, twice while they are converted, and the two matrices more that a solver takes.
    private const double UsualCopies = 4;

    // The beginning of a header, which says the size of an element after its kind, as in '<f4'.
    private const int HeaderShown = 256;

    /// <summary>Loads the library before there is an array for it: it takes some hundredths of a second, once.</summary>
    public static void Prepare() => RuntimeHelpers.RunClassConstructor(typeof(np).TypeHandle);

    /// <summary>Reads an array.</summary>
    /// <param name="path">A .npy file of float16, float32, float64, bool or integers other than uint64, or a .npz file with one such array.</param>
    /// <returns>Its shape and elements, row by row.</returns>
    /// <exception cref="DataException">The file cannot be opened, is no such file, is damaged, or holds elements of another type.</exception>
    /// <param name="copies">
    /// How many times the array is held in double precision at once, by reading it and by what is done with it: as much memory must be free.
    /// </param>
    /// <example>
    /// <code>
    /// Npy.Write&lt;double&gt;("h.npy", [matrix.Rows, matrix.Columns], matrix.Values);
    /// NpyArray array = Npy.Read("h.npy");
    /// var again = new Matrix(array.Shape[0], array.Shape[1], array.AsDoubles());
    /// </code>
    /// </example>
    public static NpyArray Read(string path, double copies = UsualCopies)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using Stream file = InputFile.Open(path, most: long.MaxValue);
            CheckSize(file, path, copies);
            return ZipParts.IsZip(file) ? Npz.ReadOnly(InputFile.ReadAll(path, Array.MaxLength), path) : Parse(file, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"Cannot read {path}: {e.Message.TrimEnd('.')}; give a file that exists and that you may read.", e);
        }
    }

    /// <summary>Reads an array that is all of a stream.</summary>
    /// <param name="stream">The content of a .npy file; can be sought in.</param>
    /// <param name="source">What it is called in errors.</param>
    /// <exception cref="DataException">It is no .npy file, is damaged, or holds elements of another type.</exception>
    internal static NpyArray Parse(Stream stream, string source)
    {
        NpyHeader.Check(stream, source);
        try
        {
            using NDArray array = np.load_npy(stream, allow_pickle: false);
            if (stream.Position != stream.Length)
                throw new DataException($"{source} goes on for {stream.Length - stream.Position} bytes after its array; save it again with numpy.save.");
            return Convert(array, source);
        }
        catch (Exception e) when (e is not (DataException or UnauthorizedAccessException))
        {
            // A damaged header fails inside the reader in as many ways as there are.
            throw new DataException(
                $"{source} is not a readable .npy file ({Printable.Name(e.Message.TrimEnd('.'))}); save a numeric array with numpy.save.", e);
        }
    }

    /// <summary>Writes an array as <c>numpy.save</c> writes it, byte for byte: format 1.0, little-endian, C order.</summary>
    /// <typeparam name="T">float, double, long, or another of C#'s numbers that NumPy has too.</typeparam>
    /// <param name="path">The file; replaced if it is there, and its folder made if it is not.</param>
    /// <param name="shape">The size of each dimension; none for a single number.</param>
    /// <param name="values">The elements, row by row; as many as the product of <paramref name="shape"/>.</param>
    /// <exception cref="ArgumentException">The numbers of elements differ.</exception>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static unsafe void Write<T>(string path, IReadOnlyList<int> shape, ReadOnlySpan<T> values)
        where T : unmanaged, INumber<T>
    {
        fixed (T* elements = values)
        {
            using NDArray array = Over(elements, values.Length, shape);
            AtomicFile.Write(path, stream => np.save(stream, array, allow_pickle: false));
        }
    }

    /// <summary>The bytes of the file that <see cref="Write"/> would write.</summary>
    internal static unsafe byte[] BytesOf<T>(IReadOnlyList<int> shape, ReadOnlySpan<T> values)
        where T : unmanaged, INumber<T>
    {
        fixed (T* elements = values)
        {
            using NDArray array = Over(elements, values.Length, shape);
            using var stream = new MemoryStream();
            np.save(stream, array, allow_pickle: false);
            return stream.ToArray();
        }
    }

    // A file that does not fit is refused before it is read: the system may well promise the memory, and end the program when it is used.
    private static void CheckSize(Stream file, string path, double copies)
    {
        double free = HostMemory.FreeBytes(), needed = copies * sizeof(double) / ElementSizeIn(file) * file.Length;
        if (needed > free)
            throw new DataException(
                $"{path} has {ByteSize.Of(file.Length)}, and to read it and compute with it takes {ByteSize.Of(needed)} of memory, "
                + $"of which {ByteSize.Of(free)} are free; give a smaller array, or a machine with more memory.");
    }

    // Bytes of an element; those of a double where the beginning says nothing that is understood, which is for the reader to refuse.
    // The stream is left where it was.
    private static int ElementSizeIn(Stream file)
    {
        var beginning = new byte[HeaderShown];
        long place = file.Position;
        int read = file.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false);
        file.Position = place;
        Match element = ElementType().Match(Encoding.Latin1.GetString(beginning, 0, read));
        return element.Success && int.Parse(element.Groups[1].Value, CultureInfo.InvariantCulture) is >= 1 and <= sizeof(double) and var size
            ? size
            : sizeof(double);
    }

    [GeneratedRegex(@"descr['""]\s*:\s*['""][<>|=]?[a-z]([0-9]{1,4})['""]", RegexOptions.CultureInvariant)]
    private static partial Regex ElementType();

    // The elements where they lie: a matrix is large, and a copy of it takes longer than the file.
    private static unsafe NDArray Over<T>(T* elements, int length, IReadOnlyList<int> shape)
        where T : unmanaged, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(shape);
        long[] sizes = [.. shape];
        long count = sizes.Aggregate(1L, (product, size) => checked(product * size));
        if (count != length)
            throw new ArgumentException($"An array of shape ({string.Join(", ", sizes)}) has {count} elements; {length} were given.", nameof(shape));
        return new NDArray(new ArraySlice<T>(new UnmanagedMemoryBlock<T>(elements, length)), new Shape(sizes));
    }

    private static NpyArray Convert(NDArray array, string path)
    {
        int[] shape = Array.ConvertAll(array.shape, static size => checked((int)size));
        switch (array.typecode)
        {
            case NPTypeCode.Half or NPTypeCode.Single or NPTypeCode.Double:
                return new NpyArray(path, shape, Elements<double>(array), bits: 8 * array.dtypesize);
            case NPTypeCode.Boolean or NPTypeCode.SByte or NPTypeCode.Byte or NPTypeCode.Int16 or NPTypeCode.UInt16
                or NPTypeCode.Int32 or NPTypeCode.UInt32 or NPTypeCode.Int64:
                return new NpyArray(path, shape, Elements<long>(array)) { IsBoolean = array.typecode == NPTypeCode.Boolean };
            default:
                throw new DataException(
                    $"{path} holds elements of type {array.dtype.Name}: expected real or whole numbers that fit a float64 or an int64; save it as float64.");
        }
    }

    private static T[] Elements<T>(NDArray array)
        where T : unmanaged
    {
        using NDArray converted = array.astype(typeof(T));
        return converted.ToArray<T>();
    }
}
