using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BasinVolume.Fuzz.Tests;

/// <summary>Damage to what a JSON document says: it stays JSON, but not of the kind that is expected.</summary>
internal static class JsonMutation
{
    private const string HalfAPair = "HALF-A-PAIR";
    private const string TooLarge = "\"TOO-LARGE\"";

    /// <summary>One of the documents with a few faults in it.</summary>
    public static byte[] Of(IReadOnlyList<byte[]> documents, Random random)
    {
        JsonNode root = JsonNode.Parse(documents[random.Next(documents.Count)])!;
        for (int step = random.Next(1, 4); step > 0; step--)
            Change(root, random);
        // What the library would not write.
        return Encoding.UTF8.GetBytes(
            root.ToJsonString().Replace(TooLarge, "1e400", StringComparison.Ordinal).Replace(HalfAPair, @"\ud800", StringComparison.Ordinal));
    }

    private static void Change(JsonNode root, Random random)
    {
        List<JsonNode> parents = [.. Parents(root)];
        switch (parents[random.Next(parents.Count)])
        {
            case JsonObject members when members.Count > 0:
                string key = members.ElementAt(random.Next(members.Count)).Key;
                JsonNode? value = members[key];
                switch (random.Next(5))
                {
                    case 0:
                        members.Remove(key);
                        break;
                    case 1:
                        members.Remove(key);
                        members[random.Next(3) switch { 0 => HalfAPair, 1 => "\u001b[31m", _ => key + "x" }] = value?.DeepClone();
                        break;
                    default:
                        members[key] = Hostile(value, random);
                        break;
                }

                break;
            case JsonArray list when list.Count > 0:
                int place = random.Next(list.Count);
                switch (random.Next(4))
                {
                    case 0:
                        list.RemoveAt(place);
                        break;
                    case 1:
                        list.Insert(place, list[place]?.DeepClone());
                        break;
                    default:
                        list[place] = Hostile(list[place], random);
                        break;
                }

                break;
        }
    }

    private static IEnumerable<JsonNode> Parents(JsonNode node) => node switch
    {
        JsonObject members => [node, .. members.Select(member => member.Value).OfType<JsonNode>().SelectMany(Parents)],
        JsonArray list => [node, .. list.OfType<JsonNode>().SelectMany(Parents)],
        _ => [],
    };

    private static JsonNode? Hostile(JsonNode? value, Random random) => random.Next(26) switch
    {
        0 => null,
        1 => JsonValue.Create(true),
        2 => JsonValue.Create(-1),
        3 => JsonValue.Create(0),
        4 => JsonValue.Create(1e308),
        5 => JsonValue.Create(-5e-324),
        6 => JsonValue.Create(int.MaxValue),
        7 => JsonValue.Create(int.MinValue),
        8 => JsonValue.Create(long.MaxValue),
        9 => JsonValue.Create(65536),
        10 => JsonValue.Create(0.5),
        11 => JsonValue.Create("TOO-LARGE"),
        12 => JsonValue.Create(HalfAPair),
        13 => JsonValue.Create(string.Empty),
        14 => JsonValue.Create("../../evil"),
        15 => JsonValue.Create("a\0b"),
        16 => JsonValue.Create("\u001b]0;owned\a\u202e"),
        17 => JsonValue.Create(new string('x', 10_000)),
        18 => new JsonObject(),
        19 => new JsonArray(),
        20 => new JsonArray(null, null),
        21 => new JsonArray([.. Enumerable.Range(0, 300).Select(i => JsonValue.Create(i))]),
        22 => new JsonObject { ["a"] = value?.DeepClone() },
        23 => new JsonArray(value?.DeepClone()),
        24 => JsonValue.Create("1"),
        _ => value?.GetValueKind() == JsonValueKind.Number ? JsonValue.Create(random.Next(-3, 4)) : Deep(),
    };

    private static JsonArray Deep()
    {
        var deep = new JsonArray();
        for (int i = 0; i < 50; i++)
            deep = new JsonArray(deep);
        return deep;
    }
}
