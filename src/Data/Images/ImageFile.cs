namespace BasinVolume.Data.Images;

/// <summary>A picture of a set.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Name">Its class and its name, with a slash between them.</param>
/// <param name="Class">The place of its class.</param>
internal sealed record ImageFile(string Path, string Name, int Class);
