using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;
using BasinVolume.Kernels;

namespace BasinVolume.Interop.Weights;

/// <summary>
/// .safetensors files: eight bytes with the length of a JSON header, the header (name → type, shape, place), then the elements, little-endian and without gaps.
/// </summary>
public static class SafeTensors
{
    /// <summary>Bytes before the header.</summary>
    public const int PrefixLength = sizeof(ulong);

    private const string MetadataKey = "__metadata__";

    /// <summary>What such a file's name ends with.</summary>
    public const string Extension = ".safetensors";

    // The format's own limit.
    private const ulong LongestHeader = 100_000_000;

    private static readonly Dictionary<string, ElementType> Types = new(StringComparer.Ordinal)
    {
        ["F64"] = ElementType.Float64,
        ["F32"] = ElementType.Float32,
        ["F16"] = ElementType.Float16,
        ["BF16"] = ElementType.BFloat16,
    };

    /// <summary>The form, for weights.</summary>
    internal static WeightFormat Format { get; } = new(bytes => Is(bytes.File), bytes => Find(bytes.File, bytes.Source))
    {
        Metadata = bytes => MetadataOf(bytes.File, bytes.Source),
        Writer = new(Extension, (path, tensors, values, metadata) => Write<double>(path, tensors, values, metadata)),
    };

    /// <summary>Whether a file begins as these do.</summary>
    internal static bool Is(ReadOnlySpan<byte> file) => file.Length > PrefixLength && file[PrefixLength] == '{';

    /// <summary>The tensors of a file.</summary>
    /// <param name="file">The bytes of the file, which begins as these do.</param>
    /// <param name="source">What the file is called in errors.</param>
    /// <exception cref="DataException">The file is damaged.</exception>
    internal static IEnumerable<FoundTensor> Find(byte[] file, string source)
    {
        ReadOnlyMemory<byte> header = HeaderOf(file, source);
        int start = PrefixLength + header.Length;
        SafeTensor[] tensors = Parsed(
            header, source, root => root.EnumerateObject().Where(entry => entry.Name != MetadataKey).Select(SafeTensor.Parse).ToArray());
        CheckPlaces(tensors, file.Length - start, source);
        return tensors.Select(tensor => new FoundTensor(string.Empty, tensor.Name, tensor.Name, () => Stored(tensor, file.AsMemory(start), source)));
    }

    /// <summary>What a file says of itself in its metadata, names and texts.</summary>
    /// <exception cref="DataException">The file is damaged.</exception>
    internal static ImmutableDictionary<string, string> MetadataOf(byte[] file, string source)
        => Parsed(HeaderOf(file, source), source, root => root.TryGetProperty(MetadataKey, out JsonElement metadata)
            && metadata.ValueKind == JsonValueKind.Object
            ? metadata.EnumerateObject().ToImmutableDictionary(entry => entry.Name, entry => TextOf(entry.Value), StringComparer.Ordinal)
            : StoredWeights.NoMetadata);

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    /// <summary>Writes the tensors of a model.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="path">The file; replaced if it is there.</param>
    /// <param name="tensors">The tensors, in the order of <paramref name="values"/>.</param>
    /// <param name="values">Their elements, one tensor after the other, each row by row; exactly that many.</param>
    /// <param name="metadata">What the file is to say of itself, names and texts; null for nothing.</param>
    /// <exception cref="ArgumentException">There are more or fewer values than the tensors have elements.</exception>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    /// <example>
    /// <code>
    /// SafeTensors.Write&lt;double&gt;("model.safetensors", NetworkTensors.Of(network), weights);
    /// double[] again = WeightFile.Read("model.safetensors", NetworkTensors.Of(network)).Values;
    /// </code>
    /// </example>
    public static void Write<T>(string path, IReadOnlyList<TensorShape> tensors, ReadOnlySpan<T> values, IReadOnlyDictionary<string, string>? metadata = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TensorFit.CheckCount(tensors, values.Length);
        byte[] header = HeaderOf<T>(tensors, metadata);
        byte[] data = MemoryMarshal.AsBytes(values).ToArray();
        AtomicFile.Write(path, stream =>
        {
            Span<byte> prefix = stackalloc byte[PrefixLength];
            BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.Length);
            stream.Write(prefix);
            stream.Write(header);
            stream.Write(data);
        });
    }

    private static byte[] HeaderOf<T>(IReadOnlyList<TensorShape> tensors, IReadOnlyDictionary<string, string>? metadata)
        where T : unmanaged
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            if (metadata is { Count: > 0 })
                WriteTexts(writer, metadata);
            WriteTensors(writer, tensors, Marshal.SizeOf<T>());
            writer.WriteEndObject();
        }

        // Spaces at the end align the elements.
        var header = new byte[(json.WrittenCount + PrefixLength - 1) / PrefixLength * PrefixLength];
        header.AsSpan().Fill((byte)' ');
        json.WrittenSpan.CopyTo(header);
        return header;
    }

    private static void WriteTexts(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> texts)
    {
        writer.WriteStartObject(MetadataKey);
        foreach ((string name, string text) in texts)
            writer.WriteString(name, text);
        writer.WriteEndObject();
    }

    // size: bytes of an element.
    private static void WriteTensors(Utf8JsonWriter writer, IReadOnlyList<TensorShape> tensors, int size)
    {
        long offset = 0;
        foreach (TensorShape tensor in tensors)
        {
            long end = offset + ((long)tensor.Count * size);
            writer.WriteStartObject(tensor.Name);
            writer.WriteString("dtype", size == sizeof(float) ? "F32" : "F64");
            WriteNumbers(writer, "shape", tensor.Shape.Select(extent => (long)extent));
            WriteNumbers(writer, "data_offsets", [offset, end]);
            writer.WriteEndObject();
            offset = end;
        }
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string name, IEnumerable<long> numbers)
    {
        writer.WriteStartArray(name);
        foreach (long number in numbers)
            writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }

    private static ReadOnlyMemory<byte> HeaderOf(byte[] file, string source)
    {
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(file);
        return length <= LongestHeader && length <= (ulong)(file.Length - PrefixLength)
            ? file.AsMemory(PrefixLength, (int)length)
            : throw Damaged(source, $"its header claims {length} bytes, of a file of {file.Length}");
    }

    private static TResult Parsed<TResult>(ReadOnlyMemory<byte> json, string source, Func<JsonElement, TResult> read)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or OverflowException)
        {
            throw new DataException(
                $"{source} is a damaged .safetensors file (its header cannot be read: {Printable.Name(e.Message.TrimEnd('.'))}); copy or save it again.", e);
        }
    }

    // One after the other from the first byte to the last: nothing shared, nothing hidden.
    private static void CheckPlaces(SafeTensor[] tensors, int length, string source)
    {
        long end = 0;
        foreach (SafeTensor tensor in tensors.OrderBy(tensor => tensor.Begin).ThenBy(tensor => tensor.End))
        {
            if (tensor.Begin != end || tensor.End < tensor.Begin || tensor.End > length)
                throw Damaged(
                    source,
                    $"{Printable.Name(tensor.Name)} lies at bytes {tensor.Begin} to {tensor.End} of {length}, "
                    + $"expected it to begin at {end} and to end inside");
            end = tensor.End;
        }

        if (end != length)
            throw Damaged(source, $"{length - end} bytes follow its last tensor");
    }

    // I8 to I64, U8 to U64 and BOOL are the format's whole numbers.
    private static StoredTensor Stored(SafeTensor tensor, ReadOnlyMemory<byte> data, string source)
        => new(tensor.Shape, () => Elements(tensor, data.Span, source)) { WholeType = tensor.Type is ['I' or 'U', ..] or "BOOL" ? tensor.Type : null };

    private static double[] Elements(SafeTensor tensor, ReadOnlySpan<byte> data, string source)
    {
        if (!Types.TryGetValue(tensor.Type, out ElementType? type))
            throw new DataException(
                $"{source} holds {Printable.Name(tensor.Name)} as {Printable.Name(tensor.Type)}, expected {string.Join(", ", Types.Keys)}; "
                + $"convert it before saving.");
        // Only tensors of a shape that the model has are looked into.
        int count = tensor.Shape.Aggregate(1, (product, size) => checked(product * size));
        if (tensor.End - tensor.Begin != (long)count * type.Size)
            throw Damaged(source, $"{tensor.Name} has {tensor.End - tensor.Begin} bytes, expected {count} elements of {type.Size}");
        var values = new double[count];
        for (int i = 0; i < count; i++)
            values[i] = type.At(data[(int)tensor.Begin..], i);
        return values;
    }

    private static DataException Damaged(string source, string why) => new($"{source} is a damaged .safetensors file ({why}); copy or save it again.");

    private sealed record SafeTensor(string Name, string Type, int[] Shape, long Begin, long End)
    {
        public static SafeTensor Parse(JsonProperty entry)
        {
            JsonElement places = entry.Value.GetProperty("data_offsets");
            if (places.GetArrayLength() != 2)
                throw new FormatException($"{entry.Name} has {places.GetArrayLength()} data_offsets");
            int[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];
            return new(entry.Name, entry.Value.GetProperty("dtype").GetString() ?? string.Empty, shape, places[0].GetInt64(), places[1].GetInt64());
        }
    }
}
