using System.Text.Json;
using BasinVolume.Mnist.Formats;

namespace BasinVolume.Mnist.Results;

/// <summary>A JSON document for programs: keys in snake_case, indented.</summary>
internal static class JsonFile
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Writes it.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, object root) => AtomicFile.Write(path, stream => Write(stream, root));

    /// <summary>Writes it to a stream.</summary>
    public static void Write(Stream stream, object root) => JsonSerializer.Serialize(stream, root, Format);
}
