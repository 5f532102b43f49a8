using System.Collections.Immutable;
using System.Text.Json;
using BasinVolume.Data.Formats;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using Parquet;
using Parquet.Schema;

namespace BasinVolume.Data.ParquetFiles;

/// <summary>What the columns of a file are.</summary>
/// <param name="Image">The bytes of pictures.</param>
/// <param name="Label">The label.</param>
/// <param name="Classes">The names of the classes, where the file says them; else empty.</param>
internal sealed record ParquetColumns(DataField Image, DataField Label, ImmutableArray<string> Classes)
{
    private const string Bytes = "bytes";

    // What a label's column is called where nobody says; CIFAR-100 has two, of which this is the usual one.
    private static readonly string[] UsualLabels = ["label", "labels", "fine_label", "class", "target", "y"];

    /// <summary>Finds them out.</summary>
    /// <param name="reader">The file.</param>
    /// <param name="path">What it is called in errors.</param>
    /// <param name="label">The label's column; null for the usual one.</param>
    /// <exception cref="DataException">There is no picture, or no label, or several.</exception>
    /// <exception cref="DataOptionException">The column that is named is not there.</exception>
    public static ParquetColumns Of(ParquetReader reader, string path, string? label)
    {
        StructField[] images = [.. reader.Schema.Fields.OfType<StructField>().Where(field => BytesOf(field) is not null)];
        if (images.Length != 1)
            throw new DataException(
                $"{path} has the columns {Printable.List(reader.Schema.Fields.Select(field => field.Name))}, of which {images.Length} are structures "
                + $"with bytes: expected one, as Hugging Face writes images; give another file.");
        string[] names = [.. reader.Schema.Fields.OfType<DataField>().Select(field => field.Name)];
        string name = label ?? UsualLabels.FirstOrDefault(names.Contains) ?? string.Empty;
        DataField field = reader.Schema.Fields.OfType<DataField>().FirstOrDefault(field => field.Name == name) ?? throw WithoutLabel(path, label, names);
        return new(BytesOf(images[0])!, field, ClassesOf(reader, path, name));
    }

    private static ExplainedException WithoutLabel(string path, string? label, string[] names)
    {
        string has = names.Length == 0 ? "no other column" : Printable.List(names);
        return label is null
            ? new DataException(
                $"{path} has no label {string.Join(", ", UsualLabels)} beside its images: it has {has}; name the column of the class with --label.")
            : new DataOptionException($"{path} has no column '{Printable.Name(label)}' beside its images: it has {has}; give one of these with --label.");
    }

    private static DataField? BytesOf(StructField field) => field.Fields.OfType<DataField>().FirstOrDefault(part => part.Name == Bytes);

    // {"info": {"features": {"label": {"names": ["cat", "dog"], "_type": "ClassLabel"}}}}
    private static ImmutableArray<string> ClassesOf(ParquetReader reader, string path, string label)
    {
        if (!reader.CustomMetadata.TryGetValue("huggingface", out string? said))
            return [];
        try
        {
            using var document = JsonDocument.Parse(said);
            return Part(document.RootElement, ["info", "features", label, "names"]) is { ValueKind: JsonValueKind.Array } names
                ? Checked([.. names.EnumerateArray().Select(name => name.GetString() ?? string.Empty)], path)
                : [];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new DataException($"{path} has a description of its features that is no JSON, or says no names of classes; fetch it again.", e);
        }
    }

    private static JsonElement? Part(JsonElement element, string[] names)
    {
        foreach (string name in names)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                return null;
        }

        return element;
    }

    private static ImmutableArray<string> Checked(ImmutableArray<string> names, string path)
        => names.Distinct(StringComparer.Ordinal).Count() == names.Length && !names.Contains(string.Empty)
            ? names
            : throw new DataException($"{path} has the classes {Printable.List(names)}, expected names that differ; fetch it again.");
}
