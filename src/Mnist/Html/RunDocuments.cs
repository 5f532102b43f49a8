using System.Text.Json;
using BasinVolume.Mnist.Data;
using BasinVolume.Mnist.Results;

namespace BasinVolume.Mnist.Html;

/// <summary>The documents that jobs of all kinds have left in one folder.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Models">result.json; null if there is none.</param>
/// <param name="Spectrum">spectrum.json.</param>
/// <param name="Volume">volume.json.</param>
/// <param name="Landscape">landscape.json.</param>
internal sealed record RunDocuments(string Folder, JsonElement? Models, JsonElement? Spectrum, JsonElement? Volume, JsonElement? Landscape)
{
    /// <summary>All that are there, in the order in which they are shown.</summary>
    public IEnumerable<JsonElement> All => new[] { Models, Spectrum, Volume, Landscape }.OfType<JsonElement>();

    /// <summary>Reads a folder.</summary>
    /// <exception cref="DataException">It holds no finished run, or a document is damaged.</exception>
    public static RunDocuments Read(string folder)
    {
        var documents = new RunDocuments(folder, Read(folder, RunKind.Models), Read(folder, RunKind.Spectrum), Read(folder, RunKind.Volume), Read(folder, RunKind.Landscape));
        return documents.All.Any() ? documents : throw new DataException($"{folder} holds no finished run: none of result.json, spectrum.json, volume.json and landscape.json is there; give the folder of a run.");
    }

    private static JsonElement? Read(string folder, RunKind kind)
    {
        string path = Path.Combine(folder, kind.ResultName);
        if (!File.Exists(path))
            return null;
        try
        {
            JsonElement root = JsonElement.Parse(File.ReadAllBytes(path));
            return root.ValueKind == JsonValueKind.Object ? root : throw new JsonException("it holds no object");
        }
        catch (JsonException e)
        {
            throw new DataException($"{path} is not the result of a run ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')}); run the job again.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"Cannot read {path}: {e.Message.TrimEnd('.')}; give a folder that you may read.", e);
        }
    }
}
