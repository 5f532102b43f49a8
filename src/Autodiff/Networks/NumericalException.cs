using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Networks;

/// <summary>A computation that left the finite numbers.</summary>
/// <param name="message">One sentence for the person at the keyboard.</param>
public sealed class NumericalException(string message) : ExplainedException(message);
