namespace BasinVolume.Data.PictureSets;

/// <summary>A picture that is a sample.</summary>
/// <param name="Index">Its place in the set.</param>
/// <param name="Label">The place of its class.</param>
/// <param name="Name">What it is called among the others.</param>
/// <param name="Source">What it is called in errors.</param>
/// <param name="Read">Gives the bytes of its file; may be called on any thread.</param>
internal sealed record PictureSample(int Index, int Label, string Name, string Source, Func<byte[]> Read);
