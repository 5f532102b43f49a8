using BasinVolume.Kernels;

namespace BasinVolume.Data.Formats;

/// <summary>An option that the data at hand has no use for, or that contradicts it.</summary>
/// <param name="message">One sentence: which option, why not, what to do.</param>
public sealed class DataOptionException(string message) : ExplainedException(message);
