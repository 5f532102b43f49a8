using System.Globalization;
using System.Text.RegularExpressions;
using BasinVolume.Kernels;

namespace BasinVolume.Interop.Arrays;

/// <summary>An array of a .npy file that is read piece by piece, so that it need not fit into memory: versions 1 to 3, either byte order.</summary>
public sealed partial class NpyReader : IDisposable
{
    private readonly Stream _content;
    private readonly string _source;
    private readonly int[] _shape;

    /// <summary>Reads the header of an array.</summary>
    /// <param name="content">The whole content of a .npy file from its beginning; closed with this.</param>
    /// <param name="length">How many bytes it has.</param>
    /// <param name="source">What it is called in errors.</param>
    /// <exception cref="DataException">It is no .npy file, has elements of another kind than numbers, or another length than its header announces.</exception>
    public NpyReader(Stream content, long length, string source)
    {
        ArgumentNullException.ThrowIfNull(content);
        (_content, _source) = (content, source);
        string header = NpyHeader.Read(content, out long headerLength)
            ?? throw new DataException($"{source} is not a readable .npy file: it does not begin as one; save a numeric array with numpy.save.");
        Type = TypeOf(header);
        _shape = ShapeOf(header);
        IsFortran = Fortran().Match(header) is { Success: true } order ? order.Groups[1].Value == "True" : throw Unreadable("it does not say its order");
        Count = _shape.Aggregate((Int128)1, (product, size) => product > long.MaxValue ? product : product * size) is var count && count <= long.MaxValue
            ? (long)count
            : throw Unreadable($"its shape {Shown} is larger than any file");
        if (headerLength + ((Int128)Count * Type.Size) != length)
            throw new DataException(
                $"{source} is damaged: its header announces {Shown} elements of {Type.Size} bytes, expected {(Int128)Count * Type.Size} bytes of them, "
                + $"got {length - headerLength}; save it again with numpy.save.");
    }

    /// <summary>What the elements are.</summary>
    public NpyType Type { get; }

    /// <summary>The size of each dimension; none for a single number. A size may be 0.</summary>
    public IReadOnlyList<int> Shape => _shape;

    /// <summary>Number of elements.</summary>
    public long Count { get; }

    /// <summary>Whether the first dimension runs fastest rather than the last.</summary>
    public bool IsFortran { get; }

    /// <summary>The shape as NumPy shows it.</summary>
    public string Shown => $"({string.Join(", ", _shape)})";

    /// <summary>Reads the bytes of the next elements, as they are in the file.</summary>
    /// <param name="elements">Receives them; exactly that many.</param>
    /// <exception cref="DataException">The file ends before, or is damaged.</exception>
    public void Read(Span<byte> elements)
    {
        try
        {
            _content.ReadExactly(elements);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new DataException($"{_source} is damaged ({Printable.Name(e.Message.TrimEnd('.'))}); save it again with numpy.", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _content.Dispose();

    private NpyType TypeOf(string header)
    {
        if (Element().Match(header) is { Success: true } match)
        {
            int size = int.Parse(match.Groups[3].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
            var type = new NpyType(match.Groups[2].Value[0], size, match.Groups[1].Value == ">");
            if (type.IsKnown)
                return type;
        }

        string shown = Descr().Match(header) is { Success: true } descr ? Printable.Name(descr.Groups[1].Value.Trim()) : "nothing";
        throw new DataException(
            $"{_source} holds elements of the type {shown}: expected numbers (bool, int8 to int64, uint8 to uint64, float16 to float64); "
            + $"save it as one of these.");
    }

    private int[] ShapeOf(string header)
    {
        if (NpyHeader.Shape().Match(header) is not { Success: true } shape)
            throw Unreadable("it does not say its shape");
        string[] sizes = shape.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return sizes.Length <= NpyHeader.MostDimensions
            ? Array.ConvertAll(sizes, SizeOf)
            : throw Unreadable($"it has {sizes.Length} dimensions, expected at most {NpyHeader.MostDimensions}");
    }

    private int SizeOf(string size) => int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        ? number
        : throw Unreadable($"its shape has the size '{Printable.Name(size)}', expected 0 to {int.MaxValue}");

    private DataException Unreadable(string why) => new($"{_source} is not a readable .npy file: {why}; save a numeric array with numpy.save.");

    [GeneratedRegex(@"['""]descr['""]\s*:\s*['""]([<>|=]?)([a-z])([0-9]{1,4})['""]", RegexOptions.CultureInvariant)]
    private static partial Regex Element();

    [GeneratedRegex(@"['""]descr['""]\s*:\s*(.*?)\s*,\s*['""](?:fortran_order|shape)['""]", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Descr();

    [GeneratedRegex(@"['""]fortran_order['""]\s*:\s*(True|False)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Fortran();
}
