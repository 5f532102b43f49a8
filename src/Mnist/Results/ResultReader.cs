using System.Collections.Immutable;
using System.Text.Json;
using BasinVolume.Mnist.Data;
using BasinVolume.Mnist.Models;

namespace BasinVolume.Mnist.Results;

/// <summary>Reads what earlier runs left in their result.json.</summary>
internal static class ResultReader
{
    private const string FileName = "result.json";

    /// <summary>Whether a folder is a run's.</summary>
    public static bool IsRun(string folder) => File.Exists(Path.Combine(folder, FileName));

    /// <summary>Reads something of a run.</summary>
    /// <typeparam name="T">What it is read into.</typeparam>
    /// <param name="folder">The run's folder.</param>
    /// <param name="expected">What the folder must be, for errors: "a finished run that …".</param>
    /// <param name="read">Reads it, given the path and the content of the result; a missing key is this file's fault.</param>
    /// <exception cref="DataException">There is no result.json of this program, or it lacks what is wanted.</exception>
    public static T Read<T>(string folder, string expected, Func<string, JsonElement, T> read)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return read(path, document.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new DataException($"{path} is not the result of {expected} ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')}); give the folder of {expected}.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"Cannot read {path}: {e.Message.TrimEnd('.')}; give the folder of {expected}.", e);
        }
    }

    /// <summary>A model of a run.</summary>
    /// <param name="path">The result, for errors.</param>
    /// <param name="root">Its content.</param>
    /// <param name="name">Which model; null for the first.</param>
    /// <returns>What is said of it, what it is called, and what all models are called.</returns>
    /// <exception cref="DataException">The run has no such model.</exception>
    public static (JsonElement Model, string Name, ImmutableArray<string> All) ModelOf(string path, JsonElement root, string? name)
    {
        JsonElement[] models = [.. root.GetProperty("models").EnumerateArray()];
        ImmutableArray<string> names = [.. models.Select(NameOf)];
        int index = name is null ? 0 : names.IndexOf(name);
        return models.Length == 0 || index < 0
            ? throw new DataException($"{path} has no model '{name}': it has {string.Join(", ", names)}; choose one of them with --name.")
            : (models[index], names[index], names);
    }

    /// <summary>A model's network as --model has it: the description in the run's folder if there is one, or what was asked for. The main job has one network, so its options name none.</summary>
    public static string NetworkOf(string folder, string model, JsonElement root)
    {
        string description = RunFolder.NetworkFileOf(folder, model);
        if (File.Exists(description))
            return description;
        return root.GetProperty("options").TryGetProperty("model", out JsonElement asked) ? asked.GetString()! : ModelCatalog.Names[0];
    }

    /// <summary>What something is called.</summary>
    public static string NameOf(JsonElement named) => named.GetProperty("name").GetString()!;
}
