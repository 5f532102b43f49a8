namespace BasinVolume.Curvature.Volumes;

/// <summary>One thing that a definition alone says of itself: a number, or a word.</summary>
/// <param name="Name">What it is, in lower case with underscores: the key under which it is written.</param>
/// <param name="Value">The number; null where there is none.</param>
/// <param name="Text">The word; null for a number.</param>
public readonly record struct VolumeParticular(string Name, double? Value, string? Text)
{
    /// <summary>A number.</summary>
    public static VolumeParticular Number(string name, double? value) => new(name, value, Text: null);

    /// <summary>A word.</summary>
    public static VolumeParticular Word(string name, string text) => new(name, Value: null, text);
}
