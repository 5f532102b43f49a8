using System.Text;
using BasinVolume.Kernels;

namespace BasinVolume.Interop.Pickles;

/// <summary>
/// A dictionary of lists and arrays that Python 2 or 3 pickled, with protocol 2 to 5. Its keys may be texts or bytes; large arrays stay in the file.
/// </summary>
public sealed class PickledItems
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);
    private readonly string _source;

    private PickledItems(object? root, string source)
    {
        _source = source;
        if (root is not PickleObject { IsDictionary: true } dictionary)
            throw new DataException($"{source} is a pickle, but not of a dictionary; {PickleOrigin.Data.Remedy}.");
        foreach ((object? key, object? value) in dictionary.Items)
        {
            if (TextOf(key) is { } name)
                _values[name] = value;
        }
    }

    /// <summary>What its keys are called.</summary>
    public IEnumerable<string> Names => _values.Keys;

    /// <summary>Reads it from a stream, and nothing behind it.</summary>
    /// <param name="stream">The file, from its beginning.</param>
    /// <param name="length">How many bytes it has.</param>
    /// <param name="source">What it is called in errors.</param>
    /// <exception cref="DataException">It is damaged, or something else, or asks for something that would start programs or read files.</exception>
    public static PickledItems Read(Stream stream, long length, string source)
    {
        ArgumentNullException.ThrowIfNull(stream);
        PickleOrigin origin = PickleOrigin.Data;
        var bytes = new PickleBytes(new BufferedStream(stream, 1 << 16), length, start: 0, source, origin.Remedy);
        return new(PickleReader.Read(bytes, source, origin).Root, source);
    }

    /// <summary>A list of whole numbers.</summary>
    /// <param name="name">Its key.</param>
    /// <exception cref="DataException">There is none, or something else.</exception>
    public long[] Numbers(string name)
    {
        IReadOnlyList<object?> elements = List(name, "whole numbers");
        var numbers = new long[elements.Count];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = PickledNumpy.NumberOf(elements[i]) ?? throw Other(name, "a list of whole numbers", $"something else at index {i}");
        return numbers;
    }

    /// <summary>A list of texts.</summary>
    /// <inheritdoc cref="Numbers" path="/param|/exception"/>
    public string[] Texts(string name)
        => [.. List(name, "texts").Select((element, i) => TextOf(element) ?? throw Other(name, "a list of texts", $"something else at index {i}"))];

    /// <summary>An array of bytes.</summary>
    /// <inheritdoc cref="Numbers" path="/param|/exception"/>
    public PickledArray Bytes(string name)
        => PickledNumpy.ArrayOf(Value(name)) ?? throw Other(name, "an array of uint8 in rows, longer than a kilobyte", "something else");

    private static string? TextOf(object? value) => value switch
    {
        string text => text,
        byte[] bytes => Encoding.Latin1.GetString(bytes),
        _ => null,
    };

    private IReadOnlyList<object?> List(string name, string of) => Value(name) switch
    {
        PickleObject { IsDictionary: false, MakerName: "builtins.list" } list => list.Elements,
        object?[] tuple => tuple,
        _ => throw Other(name, $"a list of {of}", "something else"),
    };

    private object? Value(string name) => _values.TryGetValue(name, out object? value)
        ? value
        : throw new DataException($"{_source} has no '{name}': it has {Printable.List(Names)}; {PickleOrigin.Data.Remedy}, or give one that has it.");

    private DataException Other(string name, string expected, string found)
        => new($"{_source} has under '{name}' {found}: expected {expected}; {PickleOrigin.Data.Remedy}.");
}
