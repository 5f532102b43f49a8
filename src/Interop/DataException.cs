using BasinVolume.Kernels;

namespace BasinVolume.Interop;

/// <summary>Data that is missing, broken, or not what was asked for.</summary>
/// <param name="message">One sentence: what, which file, expected, got, what to do.</param>
/// <param name="inner">What caused it, if something did.</param>
public sealed class DataException(string message, Exception? inner = null) : ExplainedException(message, inner);
