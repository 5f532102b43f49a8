using System.Text.Json;
using System.Text.Json.Nodes;
using BasinVolume.Interop;

namespace BasinVolume.Mnist.Results;

/// <summary>A JSON document for programs: keys in snake_case, indented, null for a number that is not finite.</summary>
internal static class JsonFile
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Converters = { new FiniteNumber() } };

    /// <summary>Writes it.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, object root) => AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, root, Format));

    /// <summary>Its text.</summary>
    public static string TextOf(object root) => JsonSerializer.Serialize(root, Format);

    /// <summary>The document as an object to which keys can be added.</summary>
    public static JsonObject ObjectOf(object root) => JsonSerializer.SerializeToNode(root, root.GetType(), Format)!.AsObject();

    /// <summary>A part of a document.</summary>
    public static JsonNode NodeOf(object part) => JsonSerializer.SerializeToNode(part, part.GetType(), Format)!;
}
