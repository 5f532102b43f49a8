namespace BasinVolume.Report.Records;

/// <summary>What definitions of a volume are called for people, where their keys say little to somebody who does not know where they come from.</summary>
public static class DefinitionNames
{
    /// <summary>The name of a definition.</summary>
    /// <param name="key">Its key, as in <c>definitions</c> of <c>volume.json</c>.</param>
    public static string Of(string key) => key switch
    {
        "notebook" => "shifted quadratic",
        "excess" => "shifted quadratic, excess",
        null => string.Empty,
        _ => key.Replace('_', ' '),
    };
}
