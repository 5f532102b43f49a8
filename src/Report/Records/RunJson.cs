using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace BasinVolume.Report.Records;

/// <summary>
/// How records become JSON and are read from it: keys in snake_case, indented, null for a number that is not finite.
/// The code for it is made when the project is built.
/// </summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    Converters = [typeof(FiniteNumber)])]
[JsonSerializable(typeof(ResultRecord))]
[JsonSerializable(typeof(SpectrumRunRecord))]
[JsonSerializable(typeof(VolumeRecord))]
[JsonSerializable(typeof(LandscapeRecord))]
[JsonSerializable(typeof(PartRecord))]
[JsonSerializable(typeof(PredictRecord))]
[JsonSerializable(typeof(VerifyRecord))]
[JsonSerializable(typeof(DevicesRecord))]
[JsonSerializable(typeof(PageRecord))]
[JsonSerializable(typeof(ExportRecord))]
[JsonSerializable(typeof(FilesRecord))]
[JsonSerializable(typeof(double?[]))]
[JsonSerializable(typeof(double?[][]))]
public sealed partial class RunJson : JsonSerializerContext
{
    /// <summary>The text of a document.</summary>
    public static string TextOf<TRecord>(TRecord record, JsonTypeInfo<TRecord> type) => JsonSerializer.Serialize(record, type);
}
