using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace BasinVolume.Report.Records;

/// <summary>docs/result.md: every key of every document, from the records that the documents are and from what is said of them in the sources.</summary>
public sealed partial class KeyReference
{
    private static readonly (string Title, JsonTypeInfo Type)[] Documents =
    [
        ("result.json", RunJson.Default.ResultRecord),
        ("spectrum.json", RunJson.Default.SpectrumRunRecord),
        ("volume.json", RunJson.Default.VolumeRecord),
        ("landscape.json", RunJson.Default.LandscapeRecord),
        ("part.json", RunJson.Default.PartRecord),
        ("predict --json", RunJson.Default.PredictRecord),
        ("verify --json", RunJson.Default.VerifyRecord),
        ("devices --json", RunJson.Default.DevicesRecord),
        ("report --json", RunJson.Default.PageRecord),
        ("export --json", RunJson.Default.ExportRecord),
    ];

    /// <summary>The records that are documents.</summary>
    internal static IEnumerable<Type> Described => Documents.Select(document => document.Type.Type);

    private readonly Dictionary<string, XElement> _summaries;
    private readonly Dictionary<Type, string> _told = [];
    private readonly StringBuilder _text = new();

    private KeyReference(XDocument documentation)
        => _summaries = documentation.Descendants("member").Where(member => member.Element("summary") is not null).ToDictionary(
            member => (string)member.Attribute("name")!, member => member.Element("summary")!);

    /// <summary>The text of docs/result.md.</summary>
    /// <exception cref="FileNotFoundException">What is said in the sources does not lie beside the program, as in one that was installed.</exception>
    public static string Text()
    {
        Assembly assembly = typeof(KeyReference).Assembly;
        var reference = new KeyReference(XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml")));
        return reference.Write();
    }

    private string Write()
    {
        _text.Append("""
            # What results say

            Written by `result-reference` from the records in `src/Report/Records`; do not edit.
            Keys are a contract: more may be added, none is renamed.
            Logarithms are natural, seconds are wall-clock, what does not exist is `null`.
            A list has its element's keys behind `[]`, and a table with names for keys behind `{}`.
            Documents of commands that leave no folder go to the standard output with `--json`.
            The others go there with `folder`, the whole path of where they lie, in front.
            No file has that key, which would be wrong once the folder is moved.
            `landscape` of weights prints `result.json` with `landscape.json` under `landscape`.

            """);
        foreach ((string title, JsonTypeInfo type) in Documents)
        {
            _text.Append($"\n## {title}\n\n{Meaning($"T:{type.Type.FullName}")}.\n\n| key | meaning |\n|---|---|\n");
            Describe(type, string.Empty, title);
        }

        return _text.ToString();
    }

    private void Describe(JsonTypeInfo type, string before, string document)
    {
        foreach (JsonPropertyInfo property in type.Properties.Where(property => !property.IsExtensionData))
        {
            (Type element, string mark) = ElementOf(property.PropertyType);
            JsonTypeInfo? inner = IsRecord(element) ? type.Options.GetTypeInfo(element) : null;
            string key = $"{before}{property.Name}{mark}";
            bool again = inner is not null && _told.TryGetValue(element, out _);
            string keys = again ? $"; keys as in {_told[element]}" : string.Empty;
            _text.Append($"| `{key}` | {Meaning(NameOf(property))}{keys} |\n");
            if (inner is null || again)
                continue;
            _told.Add(element, $"`{document}`, `{key}`");
            Describe(inner, $"{key}.", document);
        }
    }

    private static bool IsRecord(Type type)
        => type.Namespace == typeof(KeyReference).Namespace && type != typeof(OptionalNumber) && type != typeof(OptionalInterval);

    private static (Type Element, string Mark) ElementOf(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsArray)
            return (type.GetElementType()!, "[]");
        return type.GenericTypeArguments switch
        {
            [var element] => (element, "[]"),
            [_, var value] => (value, "{}"),
            _ => (type, string.Empty),
        };
    }

    private static string NameOf(JsonPropertyInfo property)
    {
        var declared = (PropertyInfo)property.AttributeProvider!;
        return $"P:{declared.DeclaringType!.FullName}.{declared.Name}";
    }

    private string Meaning(string member)
    {
        XElement summary = _summaries.GetValueOrDefault(member) ?? throw new JsonException($"{member} has no documentation");
        IEnumerable<string> parts = summary.Nodes().Select(node => node switch
        {
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement { Name.LocalName: "see" } link when (string?)link.Attribute("href") is { } target => $"[{target}]({target})",
            XElement other => other.Value,
            _ => node.ToString(),
        });
        return Blanks().Replace(string.Concat(parts), " ").Trim().TrimEnd('.').Replace("|", "\\|", StringComparison.Ordinal).Replace(
            "&lt;", "<", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
