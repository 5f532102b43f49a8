using BasinVolume.Kernels;

namespace BasinVolume.Mnist.Formats;

/// <summary>A result that could not be written.</summary>
/// <param name="message">One sentence: which file, why, what to do.</param>
/// <param name="inner">What caused it, if something did.</param>
public sealed class OutputException(string message, Exception? inner = null) : ExplainedException(message, inner);
