namespace BasinVolume.Kernels;

/// <summary>Sizes that cannot be: below what makes sense, or so large that places in memory could not be counted.</summary>
/// <param name="message">Which size, what it is and what it may be: the end of a sentence for the person at the keyboard.</param>
public sealed class ShapeException(string message) : ExplainedException(message);
