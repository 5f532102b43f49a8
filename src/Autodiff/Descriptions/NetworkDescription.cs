using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Descriptions;

/// <summary>
/// A network described in JSON: an object with "input", the shape of a sample, and "layers", a list of objects with a "type" each, from the input to the loss,
/// and perhaps "tied", the names of tensors that are others, with the names of these.
/// Comments and trailing commas are allowed.
/// </summary>
public static class NetworkDescription
{
    /// <summary>The most bytes of a description: some ten thousand layers.</summary>
    public const long MostBytes = 1L << 20;

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
    };

    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The types of layers that can be described.</summary>
    public static IReadOnlyCollection<string> LayerTypes => Layers.Types.Keys;

    /// <summary>Reads a file.</summary>
    /// <param name="path">A JSON file of at most 1 MiB.</param>
    /// <returns>The network that it describes, validated.</returns>
    /// <exception cref="NetworkException">It cannot be read, or does not describe a network; the message names the layer and what it takes.</exception>
    /// <example>
    /// <code>
    /// File.WriteAllText("network.json", """
    ///     { "input": [2], "layers": [{ "type": "linear", "name": "hidden", "outputs": 8 }, { "type": "tanh" },
    ///       { "type": "linear", "name": "out", "outputs": 2 }, { "type": "softmax-loss" }] }
    ///     """);
    /// Network described = NetworkDescription.Read("network.json");
    /// </code>
    /// </example>
    public static Network Read(string path)
    {
        try
        {
            return Parse(InputFile.ReadText(path, MostBytes), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NetworkException(
                $"The description of a network in {path} cannot be read: {e.Message.TrimEnd('.')}; give a JSON file that exists and that you may read.");
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="json">The description.</param>
    /// <param name="source">What it is called in messages: a file's path.</param>
    /// <exception cref="NetworkException">It does not describe a network; the message names the layer and what it takes.</exception>
    public static Network Parse(string json, string source)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return NetworkOf(json, source);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // Half of a surrogate pair, in a key or a value, is found when it is asked for.
            throw new NetworkException($"{source} has text in it that is no Unicode ({e.Message.TrimEnd('.')}); write it anew.");
        }
    }

    private static Network NetworkOf(string json, string source)
    {
        using JsonDocument document = Open(json, source);
        JsonElement layers = Property(document.RootElement, "layers", JsonValueKind.Array, "a list of layers", source);
        var network = new NetworkBuilder(InputOf(document.RootElement, source));
        int number = 0;
        foreach (JsonElement element in layers.EnumerateArray())
        {
            number++;
            string place = $"{source}, layer {number}";
            Layer layer = LayerOf(element, place);
            Explained($"{place} ('{layer.Type}')", () => layer.AddTo(network));
        }

        foreach ((string tensor, string sameAs) in TiesOf(document.RootElement, source))
            Explained($"{source}, 'tied'", () => network.Tie(tensor, sameAs));
        Network? result = null;
        Explained(source, () => result = network.Build());
        return result!;
    }

    private static JsonDocument Open(string json, string source)
    {
        try
        {
            JsonDocument document = JsonDocument.Parse(json, Lenient);
            string[] unknown = document.RootElement.ValueKind != JsonValueKind.Object
                ? []
                : [.. document.RootElement.EnumerateObject().Select(property => property.Name).Except(["input", "layers", "tied"])];
            return unknown.Length == 0
                ? document
                : throw new NetworkException($"{source} has '{Printable.Name(unknown[0])}', which means nothing here; "
                    + "a network has 'input', 'layers' and perhaps 'tied'.");
        }
        catch (JsonException e)
        {
            throw new NetworkException(
                $"{source} is not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}: {e.Message.Split(" LineNumber", 2)[0]}");
        }
    }

    private static JsonElement Property(JsonElement parent, string name, JsonValueKind kind, string expected, string source)
    {
        if (parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement property) && property.ValueKind == kind)
            return property;
        throw new NetworkException(
            $"{source} has no '{name}' that is {expected}; a network is {{\"input\": [1, 28, 28], \"layers\": [{{\"type\": \"flatten\"}}, …]}}.");
    }

    private static IEnumerable<(string Tensor, string SameAs)> TiesOf(JsonElement root, string source)
    {
        if (!root.TryGetProperty("tied", out JsonElement ties))
            return [];
        if (ties.ValueKind != JsonValueKind.Object || ties.EnumerateObject().Any(tie => tie.Value.ValueKind != JsonValueKind.String))
            throw new NetworkException(
                $"{source}, 'tied' {Printable.Name(ties.GetRawText())}: expected tensors' names and those of the tensors that they are, "
                + $"{{\"head.weight\": \"tokens.weight\"}}.");
        return [.. ties.EnumerateObject().Select(tie => (tie.Name, tie.Value.GetString()!))];
    }

    private static Shape InputOf(JsonElement root, string source)
    {
        JsonElement input = Property(root, "input", JsonValueKind.Array, "a list of whole numbers", source);
        int[] dimensions = [.. input.EnumerateArray().Select(
            element => element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out int value) ? value : 0)];
        Shape? shape = null;
        Explained($"{source}, 'input' {Printable.Name(input.GetRawText())}", () => shape = new Shape(dimensions));
        return shape!;
    }

    private static Layer LayerOf(JsonElement element, string place)
    {
        string known = string.Join(", ", Layers.Types.Keys);
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("type", out JsonElement type) || type.ValueKind != JsonValueKind.String)
            throw new NetworkException($"{place} has no 'type'; it is one of {known}.");
        string name = type.GetString()!;
        if (!Layers.Types.TryGetValue(name, out Type? record))
            throw new NetworkException($"{place} has the type '{Printable.Name(name)}', which is not known; known are {known}.");
        CheckProperties(element, record, $"{place} ('{name}')");
        try
        {
            return (Layer)element.Deserialize(record, Format)!;
        }
        catch (JsonException e)
        {
            throw new NetworkException(
                $"{place} ('{name}') has a value of the wrong kind at {e.Path?.TrimStart('$', '.')} in {Printable.Name(element.GetRawText())}; "
                + $"{Takes(record)}.");
        }
    }

    private static void CheckProperties(JsonElement element, Type record, string place)
    {
        string[] given = [.. element.EnumerateObject().Select(property => property.Name)];
        string[] known = [.. Properties(record).Select(NameOf)];
        if (given.Except(known).FirstOrDefault() is { } unknown)
            throw new NetworkException($"{place} has '{Printable.Name(unknown)}', which it does not take; {Takes(record)}.");
        if (Properties(record).Where(IsRequired).Select(NameOf).Except(given).FirstOrDefault() is { } missing)
            throw new NetworkException($"{place} lacks '{missing}'; {Takes(record)}.");
    }

    private static string Takes(Type record)
        => "it takes " + string.Join(
            ", ", Properties(record).Select(property => NameOf(property) + (IsRequired(property) ? " (must be there)" : string.Empty)));

    private static IEnumerable<PropertyInfo> Properties(Type record)
        => record.GetProperties(BindingFlags.Instance | BindingFlags.Public).OrderBy(property => property.DeclaringType == typeof(Layer));

    private static string NameOf(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    private static bool IsRequired(PropertyInfo property) => property.IsDefined(typeof(RequiredMemberAttribute));

    // The builder's message, with the place in the description.
    private static void Explained(string place, Action step)
    {
        try
        {
            step();
        }
        catch (NetworkException e)
        {
            throw new NetworkException($"{place}: {e.Message}");
        }
    }
}
