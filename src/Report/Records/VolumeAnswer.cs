namespace BasinVolume.Report.Records;

/// <summary>Which of the definitions of a volume is told in brief: one by the true loss where one has a value, else one of the quadratic model.</summary>
internal static class VolumeAnswer
{
    // In this order: what trusts no model, what trusts it for the shape of rays, and what trusts it for the value.
    private static readonly (string Name, string By)[] Trusted =
        [("levels", "by levels of the true loss"), ("rays", "along rays of the true loss"), ("measure", "of the quadratic model")];

    /// <summary>The value with its error, or why there is none; null where nothing was looked for.</summary>
    public static string? Of(IReadOnlyDictionary<string, DefinitionRecord>? definitions)
    {
        (DefinitionRecord Definition, string By)[] there =
            [.. Trusted.Where(trusted => definitions?.ContainsKey(trusted.Name) == true).Select(trusted => (definitions![trusted.Name], trusted.By))];
        return there.FirstOrDefault(entry => entry.Definition.Applies) is { Definition: { } best, By: { } by }
            ? $"{AnswerTexts.Value(best)}{(best.Prior is { } prior ? $" under {prior}" : string.Empty)}, {by}"
            : there.FirstOrDefault().Definition?.Reason;
    }
}
