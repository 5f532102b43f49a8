using System.Buffers.Binary;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using BasinVolume.Onnx.Schema;
using BasinVolume.Onnx.Values;
using DataType = BasinVolume.Onnx.Schema.TensorProto.Types.DataType;

namespace BasinVolume.Onnx.Files;

/// <summary>
/// The elements of a tensor, wherever a file keeps them: in a field of their type, as raw bytes (little-endian), or in a file beside the model. Real numbers
/// become doubles, which hold every type that is read; whole numbers and truth values become 64-bit integers.
/// </summary>
internal static class TensorReader
{
    /// <summary>Reads a tensor.</summary>
    /// <param name="file">The model that it belongs to.</param>
    /// <param name="tensor">The tensor.</param>
    /// <exception cref="DataException">It has a type that no number is, other elements than its shape says, or its external file cannot be read.</exception>
    public static Known Read(ModelFile file, TensorProto tensor)
    {
        int[] dims = DimsOf(file, tensor);
        int count = dims.Aggregate(1, (product, size) => product * size);
        Known? known = (DataType)tensor.DataType switch
        {
            DataType.Float => Real(32, tensor.FloatData.Count, i => tensor.FloatData[i], 4, bytes => BinaryPrimitives.ReadSingleLittleEndian(bytes)),
            DataType.Double => Real(64, tensor.DoubleData.Count, i => tensor.DoubleData[i], 8, BinaryPrimitives.ReadDoubleLittleEndian),
            DataType.Float16 => Real(
                16, tensor.Int32Data.Count, i => Half(tensor.Int32Data[i]), 2, bytes => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes)),
            DataType.Bfloat16 => Real(
                16, tensor.Int32Data.Count, i => Brain((ushort)tensor.Int32Data[i]), 2, bytes => Brain(BinaryPrimitives.ReadUInt16LittleEndian(bytes))),
            DataType.Int64 => Whole(tensor.Int64Data.Count, i => tensor.Int64Data[i], 8, BinaryPrimitives.ReadInt64LittleEndian),
            DataType.Int32 => Whole(tensor.Int32Data.Count, i => tensor.Int32Data[i], 4, bytes => BinaryPrimitives.ReadInt32LittleEndian(bytes)),
            DataType.Int16 => Whole(tensor.Int32Data.Count, i => tensor.Int32Data[i], 2, bytes => BinaryPrimitives.ReadInt16LittleEndian(bytes)),
            DataType.Int8 => Whole(tensor.Int32Data.Count, i => tensor.Int32Data[i], 1, bytes => (sbyte)bytes[0]),
            DataType.Uint16 => Whole(tensor.Int32Data.Count, i => tensor.Int32Data[i], 2, bytes => BinaryPrimitives.ReadUInt16LittleEndian(bytes)),
            DataType.Uint8 or DataType.Bool => Whole(tensor.Int32Data.Count, i => tensor.Int32Data[i], 1, bytes => bytes[0]),
            DataType.Uint32 => Whole(tensor.Uint64Data.Count, i => (long)tensor.Uint64Data[i], 4, bytes => BinaryPrimitives.ReadUInt32LittleEndian(bytes)),
            _ => null,
        };
        return known ?? throw file.Fault(
            $"has the tensor '{Printable.Name(tensor.Name)}' of type {(DataType)tensor.DataType}, "
            + "and float, double, float16, bfloat16 and whole numbers are read; convert it before saving.");

        Known Real(int bits, int given, Func<int, double> at, int size, Decoder<double> decode)
            => new Reals(dims, Elements(file, tensor, count, given, at, size, decode), bits);

        Known Whole(int given, Func<int, long> at, int size, Decoder<long> decode)
            => new Wholes(dims, Array.ConvertAll(Elements(file, tensor, count, given, at, size, decode), value => new Whole(value)));
    }

    /// <summary>How many bytes the elements of a tensor take.</summary>
    /// <exception cref="DataException">It has a shape that no array can have.</exception>
    public static long LengthOf(ModelFile file, TensorProto tensor)
    {
        int size = (DataType)tensor.DataType switch
        {
            DataType.Double or DataType.Int64 => 8,
            DataType.Float16 or DataType.Bfloat16 or DataType.Int16 or DataType.Uint16 => 2,
            DataType.Int8 or DataType.Uint8 or DataType.Bool => 1,
            _ => 4,
        };
        return DimsOf(file, tensor).Aggregate((long)size, (product, dim) => product * dim);
    }

    private delegate T Decoder<out T>(ReadOnlySpan<byte> bytes);

    private static double Half(int bits) => (double)BitConverter.UInt16BitsToHalf((ushort)bits);

    private static double Brain(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);

    private static int[] DimsOf(ModelFile file, TensorProto tensor)
    {
        long count = 1;
        foreach (long size in tensor.Dims)
        {
            count = size is < 0 or > int.MaxValue ? -1 : count * size;
            if (count is < 0 or > int.MaxValue)
                throw file.Fault(
                    $"has the tensor '{Printable.Name(tensor.Name)}' of shape [{Printable.List(tensor.Dims.Select(Text))}], which no array can have; "
                    + "export it again.");
        }

        return [.. tensor.Dims.Select(size => (int)size)];
    }

    private static T[] Elements<T>(ModelFile file, TensorProto tensor, int count, int given, Func<int, T> at, int size, Decoder<T> decode)
    {
        ReadOnlyMemory<byte>? bytes = tensor.DataLocation == TensorProto.Types.DataLocation.External
            ? ExternalData.Read(file, tensor, (long)count * size)
            : tensor.RawData.IsEmpty ? default(ReadOnlyMemory<byte>?) : tensor.RawData.Memory;
        if (bytes is null)
        {
            if (given != count)
                throw Miscounted(file, tensor, $"{given} elements", $"{count}");
            var values = new T[count];
            for (int i = 0; i < count; i++)
                values[i] = at(i);
            return values;
        }

        if (bytes.Value.Length != (long)count * size)
            throw Miscounted(file, tensor, $"{bytes.Value.Length} bytes", $"{count} elements of {size}");
        return Decoded(bytes.Value.Span, count, size, decode);
    }

    private static T[] Decoded<T>(ReadOnlySpan<byte> bytes, int count, int size, Decoder<T> decode)
    {
        var values = new T[count];
        for (int i = 0; i < count; i++)
            values[i] = decode(bytes.Slice(i * size, size));
        return values;
    }

    private static DataException Miscounted(ModelFile file, TensorProto tensor, string found, string expected)
        => file.Fault(
            $"has {found} for the tensor '{Printable.Name(tensor.Name)}' of shape [{Printable.List(tensor.Dims.Select(Text))}], expected {expected}; "
            + "export or copy it again.");

    private static string Text(long size) => FormattableString.Invariant($"{size}");
}
